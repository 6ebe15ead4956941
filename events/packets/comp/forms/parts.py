"""The forms that a plan is made of: its head, a measure, a band, a point, a SPIF, a share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.currencies import fits
from core.forms import choice_field
from core.imports.amounts import amount as read_amount
from core.imports.parsers import currency
from events.packets.comp.forms.fields import AmountField, CurrencyField, FigureField, PercentField
from events.packets.comp.rules import rows
from events.packets.comp.rules.comp import DrawKind, Reconciled
from events.packets.comp.rules.design import DrawDesign, SpifDesign
from events.packets.comp.rules.payout import Basis, Method, Pays

BASES = [
    (Basis.TV_MULTIPLIER.value, gettext_lazy("A multiple of target variable")),
    (Basis.REVENUE_RATE.value, gettext_lazy("A share of what is closed")),
    (Basis.PAYOUT_CURVE.value, gettext_lazy("A curve through points")),
]
METHODS = [
    (Method.MARGINAL.value, gettext_lazy("Each band pays its own rate")),
    (Method.RETROACTIVE.value, gettext_lazy("The band that is reached pays for everything")),
]
PAYS = [
    (Pays.FIRST_DOLLAR.value, gettext_lazy("From there on everything counts")),
    (Pays.ABOVE_THRESHOLD.value, gettext_lazy("Only what lies above it counts")),
]
DRAWS = [
    ("", gettext_lazy("No draw")),
    (DrawKind.RECOVERABLE.value, gettext_lazy("Recoverable: later earnings pay it back")),
    (DrawKind.NON_RECOVERABLE.value, gettext_lazy("Non-recoverable: what is short stays theirs")),
]
RECONCILED = [
    (Reconciled.MONTHLY.value, gettext_lazy("Each month")),
    (Reconciled.QUARTERLY.value, gettext_lazy("Each quarter")),
    (Reconciled.YEARLY.value, gettext_lazy("Once a year")),
]


class HeadForm(forms.Form):
    """What a plan is called, when and for whom it holds, and what it is tried on."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    starts_date = forms.DateField(label=gettext_lazy("First day"))
    ends_date = forms.DateField(label=gettext_lazy("Last day"))
    titles = forms.MultipleChoiceField(
        label=gettext_lazy("Job titles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    terms = forms.ChoiceField(label=gettext_lazy("Edition of the terms"))
    clawback_months = forms.IntegerField(
        label=gettext_lazy("Clawback, months"),
        required=False,
        min_value=1,
        max_value=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("A deal cancelled within so many months is taken back in part."),
    )
    credits_overlays = forms.BooleanField(
        label=gettext_lazy("Overlay specialists are credited beside the others"),
        required=False,
        help_text=gettext_lazy("The shares may then add up to more than 100%."),
    )
    draw_kind = forms.ChoiceField(label=gettext_lazy("Draw"), choices=DRAWS, required=False)
    draw_share = PercentField(
        label=gettext_lazy("Share of the monthly target variable"), required=False, most=200
    )
    draw_months = forms.IntegerField(
        label=gettext_lazy("Months, from the first day"), required=False, min_value=1, max_value=36
    )
    draw_reconciled = forms.ChoiceField(
        label=gettext_lazy("Set against earnings"), choices=RECONCILED, required=False
    )
    # What it is tried on; needed all the same, and said in `clean`
    quota = AmountField(label=gettext_lazy("Quota"), required=False)
    target_variable = AmountField(label=gettext_lazy("Target variable"), required=False)
    currency = CurrencyField(label=gettext_lazy("Currency"), required=False)
    cliff = PercentField(
        label=gettext_lazy("Tell of jumps above"),
        help_text=gettext_lazy("percent of target variable"),
        required=False,
        most=1000,
    )

    def __init__(self, *args: Any, titles: Any, editions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "titles").choices = titles
        choice_field(self, "terms").choices = [(code, code) for code in editions]
        self.fields["terms"].widget.attrs["data-content"] = True

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        starts, ends = clean.get("starts_date"), clean.get("ends_date")
        if starts and ends and ends < starts:
            self.add_error("ends_date", _("The last day lies before the first."))
        if clean.get("quota") == 0:
            self.add_error("quota", _("A quota is above zero."))
        for name in ("quota", "target_variable", "currency", "cliff"):
            if clean.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Give something to try the plan on."))
        if clean.get("draw_kind"):
            for name in ("draw_share", "draw_months"):
                if not clean.get(name) and name not in self.errors:
                    self.add_error(name, _("A draw needs this."))
        return clean

    @property
    def draw(self) -> DrawDesign | None:
        clean = self.cleaned_data
        if not clean["draw_kind"]:
            return None
        return DrawDesign(
            DrawKind(clean["draw_kind"]),
            clean["draw_share"],
            clean["draw_months"],
            Reconciled(clean["draw_reconciled"] or Reconciled.MONTHLY),
        )


class MeasureForm(forms.Form):
    """One measure without its bands or points."""

    name = forms.CharField(label=gettext_lazy("What is paid for"), max_length=80)
    weight = PercentField(label=gettext_lazy("Weight"), most=100)
    target = AmountField(
        label=gettext_lazy("Its own target"),
        required=False,
        help_text=gettext_lazy("Empty: the person's quota"),
    )
    basis = forms.ChoiceField(label=gettext_lazy("Paid as"), choices=BASES)
    method = forms.ChoiceField(label=gettext_lazy("Bands"), choices=METHODS, required=False)
    threshold_at = PercentField(
        label=gettext_lazy("Threshold"),
        required=False,
        help_text=gettext_lazy("Of target; nothing is paid below it"),
    )
    threshold_pays = forms.ChoiceField(
        label=gettext_lazy("Once it is met"), choices=PAYS, required=False
    )
    cap = PercentField(
        label=gettext_lazy("Cap"),
        required=False,
        help_text=gettext_lazy("Of its variable; empty: no cap"),
        most=10000,
    )

    def clean_target(self) -> Decimal | None:
        target: Decimal | None = self.cleaned_data["target"]
        if target == 0:
            raise forms.ValidationError(_("A target is above zero."))
        return target


class BandForm(forms.Form):
    start = PercentField(label=gettext_lazy("From, percent of target"))
    rate = FigureField(label=gettext_lazy("Rate"))


class PointForm(forms.Form):
    at = PercentField(label=gettext_lazy("At, percent of target"))
    pays = PercentField(label=gettext_lazy("Pays, percent of variable"), most=10000)


class SpifForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    text = forms.CharField(label=gettext_lazy("What it is paid for"), max_length=300)
    amounts = forms.CharField(
        label=gettext_lazy("Amount in each currency"),
        max_length=300,
        help_text=gettext_lazy("EUR 500; USD 550. Whoever is paid in another has none."),
    )
    starts = forms.DateField(label=gettext_lazy("First day"))
    ends = forms.DateField(label=gettext_lazy("Last day"))

    def clean_amounts(self) -> Mapping[str, Decimal]:
        found: dict[str, Decimal] = {}
        for part in filter(None, map(str.strip, self.cleaned_data["amounts"].split(";"))):
            code, _space, figure = part.partition(" ")
            try:
                code, amount = currency(code), rows.amount(read_amount(figure.strip()))
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
            if code in found or not fits(amount, code):
                raise forms.ValidationError(
                    _("%(code)s is given twice, or has too many decimals.") % {"code": code}
                )
            found[code] = amount
        return found

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("starts") and clean.get("ends") and clean["ends"] < clean["starts"]:
            self.add_error("ends", _("The last day lies before the first."))
        return clean

    @property
    def spif(self) -> SpifDesign:
        clean = self.cleaned_data
        return SpifDesign(
            clean["name"], clean["text"], clean["amounts"], clean["starts"], clean["ends"]
        )


class SplitForm(forms.Form):
    role = forms.CharField(label=gettext_lazy("Who"), max_length=80)
    share = PercentField(label=gettext_lazy("Share"), most=100)
