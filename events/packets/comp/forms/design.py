"""The designer: all forms of a plan over nested rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.packets.comp.actions import PlanDetails
from events.packets.comp.forms import raw as raws
from events.packets.comp.forms.parts import (
    BandForm,
    HeadForm,
    MeasureForm,
    PointForm,
    SpifForm,
    SplitForm,
)
from events.packets.comp.rules.comp import Measure, SplitShare
from events.packets.comp.rules.design import PlanDesign
from events.packets.comp.rules.payout import Band, Basis, Method, Pays, Plan, Threshold
from events.packets.comp.rules.validation import Example


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """A job title that a plan may be for; `taken_by` is the other plan that has it."""

    name: str
    heads: int
    is_chosen: bool
    taken_by: str


@dataclass(slots=True)
class MeasureBlock:
    """A measure as the designer shows it: its form, and the rows of bands and of points."""

    number: int
    form: MeasureForm
    bands: list[BandForm]
    points: list[PointForm]
    basis: str

    @property
    def key(self) -> str:
        """Its place as the buttons of its rows name it."""
        return str(self.number)

    @property
    def has_one(self) -> bool:
        return len(self.rows) == 1

    @property
    def place(self) -> int:
        return self.number + 1

    @property
    def is_curve(self) -> bool:
        return self.basis == Basis.PAYOUT_CURVE

    @property
    def is_by_revenue(self) -> bool:
        return self.basis == Basis.REVENUE_RATE

    @property
    def rows(self) -> Sequence[forms.Form]:
        """What is edited now; the other kind is carried along hidden."""
        return self.points if self.is_curve else self.bands

    def is_valid(self) -> bool:
        valid = [self.form.is_valid(), *(row.is_valid() for row in self.rows)]
        if not all(valid):
            return False
        field = "at" if self.is_curve else "start"
        for before, after in zip(self.rows, self.rows[1:], strict=False):
            if after.cleaned_data[field] <= before.cleaned_data[field]:
                after.add_error(field, _("This lies above the one before it."))
                return False
        return True

    @property
    def measure(self) -> Measure:
        clean = self.form.cleaned_data
        threshold = clean["threshold_at"]
        by = Decimal(100) if self.is_by_revenue else Decimal(1)
        plan = (
            Plan(
                Basis.PAYOUT_CURVE,
                points=tuple(
                    (row.cleaned_data["at"], row.cleaned_data["pays"]) for row in self.points
                ),
                cap=clean["cap"],
            )
            if self.is_curve
            else Plan(
                Basis(self.basis),
                Method(clean["method"] or Method.MARGINAL),
                tuple(
                    Band(row.cleaned_data["start"], row.cleaned_data["rate"] / by)
                    for row in self.bands
                ),
                threshold=Threshold(threshold, Pays(clean["threshold_pays"] or Pays.FIRST_DOLLAR))
                if threshold
                else None,
                cap=clean["cap"],
            )
        )
        return Measure(clean["name"], clean["weight"], plan, clean["target"])


class Designer:
    """
    All forms of a plan over nested rows of text. `checks` says whether what is wrong is shown, and
    `onward` is the name of the field to go on with.
    """

    def __init__(
        self,
        raw: raws.Raw,
        *,
        titles: Any,
        editions: Sequence[str],
        checks: bool,
        onward: str = "",
    ) -> None:
        self.raw = raws.complete(raw)
        self.titles: list[TitleChoice] = []
        self.checks, self.onward = checks, onward
        head = {name: raw[name] for name in (*raws.HEAD, "titles")}
        self.head = HeadForm(
            titles=titles, editions=editions, **({"data": head} if checks else {"initial": head})
        )
        self.head.fields["draw_share"].widget.attrs["class"] = "form-control"
        self.measures = [self._block(number, one) for number, one in enumerate(raw["m"])]
        self.spifs = [self._form(SpifForm, one, f"s-{n}") for n, one in enumerate(raw["s"])]
        self.splits = self._rows(SplitForm, raw["x"], "x", _("Share %(number)d: %(what)s"))

    def is_valid(self) -> bool:
        """Whether a plan can be made of it, sound or not. Every form is asked."""
        return all(
            [self.head.is_valid(), self.is_payable(), *(one.is_valid() for one in self.spifs)]
        )

    def is_payable(self) -> bool:
        """Whether the measures and the splits can be read, which is all that a preview needs."""
        return all(
            [*(one.is_valid() for one in self.measures), *(one.is_valid() for one in self.splits)]
        )

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What cannot be read, as pairs of a field's label and what is wrong with it."""
        return [
            (str(form.fields[name].label), str(errors[0]))
            for form in self._forms()
            for name, errors in form.errors.items()
            if name in form.fields
        ]

    @property
    def wrong_fields(self) -> list[Any]:
        """The bound fields that need somebody, for the list at the top."""
        return [form[name] for form in self._forms() for name in form.errors if name in form.fields]

    @property
    def example(self) -> Example:
        clean = self.head.cleaned_data
        return Example(clean["quota"], clean["target_variable"], clean["currency"])

    @property
    def tried(self) -> list[forms.BoundField]:
        """What the plan is tried on: these fields stand beside the form and belong to it."""
        names = ("quota", "target_variable", "currency", "cliff")
        for name in names:
            self.head.fields[name].widget.attrs["form"] = "designer"
        return [self.head[name] for name in names]

    @property
    def split_shares(self) -> list[SplitShare]:
        return [
            SplitShare(one.cleaned_data["role"], one.cleaned_data["share"]) for one in self.splits
        ]

    @property
    def details(self) -> PlanDetails:
        """The clean plan, for an action."""
        clean = self.head.cleaned_data
        return PlanDetails(
            name=clean["name"],
            starts_date=clean["starts_date"],
            ends_date=clean["ends_date"],
            job_titles=tuple(clean["titles"]),
            design=PlanDesign(
                measures=tuple(one.measure for one in self.measures),
                terms=clean["terms"],
                spifs=tuple(one.spif for one in self.spifs),
                draw=self.head.draw,
                clawback_months=clean["clawback_months"],
                splits=tuple(self.split_shares),
                credits_overlays=clean["credits_overlays"],
            ),
            example=self.example,
            cliff=clean["cliff"],
        )

    def _forms(self) -> Iterable[forms.Form]:
        yield self.head
        for block in self.measures:
            yield block.form
            yield from block.rows
        yield from self.splits
        yield from self.spifs

    def _block(self, number: int, raw: raws.Raw) -> MeasureBlock:
        prefix = f"m-{number}"
        return MeasureBlock(
            number=number,
            form=self._form(MeasureForm, raw, prefix),
            bands=self._rows(BandForm, raw["b"], f"{prefix}-b", _("Band %(number)d: %(what)s")),
            points=self._rows(PointForm, raw["p"], f"{prefix}-p", _("Point %(number)d: %(what)s")),
            basis=raw["basis"],
        )

    def _rows(self, kind: type[Any], raw: list[raws.Raw], prefix: str, spoken: str) -> list[Any]:
        """Forms that stand in a table: their labels are its heads, and spoken for each field."""
        found = []
        for number, row in enumerate(raw):
            form = self._form(kind, row, f"{prefix}-{number}")
            for field in form.fields.values():
                said = spoken % {"number": number + 1, "what": field.label}
                field.widget.attrs.update({"aria-label": said, "class": "form-control"})
            found.append(form)
        return found

    def _form(self, kind: type[Any], raw: raws.Raw, prefix: str) -> Any:
        form = (
            kind(raws.flat(raw, prefix), prefix=prefix)
            if self.checks
            else kind(initial=raw, prefix=prefix)
        )
        form.drop = _drop(prefix)
        for name in ("weight", "threshold_at", "cap"):
            if name in form.fields:
                form.fields[name].widget.attrs["class"] = "form-control"
        for name, field in form.fields.items():
            if f"{prefix}-{name}" == self.onward:
                field.widget.attrs["autofocus"] = True
        return form


def _drop(prefix: str) -> str:
    """What the button that takes a row away says: `m-0-b-2` is `drop-b-0-2`."""
    parts = prefix.split("-")
    kinds, numbers = parts[::2], parts[1::2]
    return "-".join(["drop", kinds[-1], *numbers])
