from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import AddressInput
from events.attendance.actions import Details
from events.attendance.models import Attendee, Places
from events.attendance.rules.addresses import PatternRefused, check_pattern
from people.accounts.forms import PersonField, Suggestions
from people.accounts.models import Person
from people.accounts.queries import leading_people
from people.org.models import Region

_LAST = 99


class AttendeeForm(forms.Form):
    """Somebody who is put on the roster by hand."""

    full_name = forms.CharField(label=_("Full name"), max_length=160)
    email = AddressInput(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Somebody who is in the company already is added as they are."),
    )
    kind = forms.ChoiceField(label=_("Takes part as"), choices=Attendee.Kind.choices)
    function = forms.ChoiceField(
        label=_("Function"), choices=Person.Function.choices, initial=Person.Function.SALES
    )
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    region = forms.ModelChoiceField(
        Region.objects.all(), label=_("Region"), required=False, empty_label=_("No region")
    )
    manager = PersonField(label=_("Manager"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["manager"].widget = Suggestions(leading_people(timezone.now()))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def details(self) -> Details:
        """The cleaned form as the action takes it."""
        return Details(**self.cleaned_data)


class RosterOptionsForm(forms.Form):
    """
    The options of a roster import. Of whom the file leaves out, `show_absent` offers the names once
    they are known.
    """

    TICKED, ALL = "ticked", "all"

    email_pattern = forms.CharField(
        label=_("E-mail pattern"),
        required=False,
        max_length=120,
        help_text=_("For a file without addresses, such as {first}.{last}@example.com."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    differs = forms.ChoiceField(
        label=_("Who joins, moves or comes back"),
        required=False,
        choices=[
            ("", _("does so, all of them")),
            (TICKED, _("waits, where I tick it: the row changes nothing")),
        ],
    )
    whole = forms.ChoiceField(
        label=_("Who is not in the file"),
        required=False,
        choices=[
            ("", _("stays: it is not the whole company")),
            (TICKED, _("has left, where I tick it")),
            (ALL, _("has left, all of them")),
        ],
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        roster: Callable[[], Iterable[int]],
        rows: Iterable[int] = (),
    ) -> None:
        super().__init__(data)
        self.leavers = forms.MultipleChoiceField(
            label=_("Has left the company"), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.held = forms.TypedMultipleChoiceField(
            label=_("Waits"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
        )
        if data and data.get("differs") == self.TICKED:
            self.held.choices = [(row, str(row)) for row in rows]
            self.fields["held"] = self.held
        if data and data.get("whole") == self.TICKED:
            self.leavers.choices = [(pk, str(pk)) for pk in roster()]
            self.fields["leavers"] = self.leavers
        self.order_fields(["email_pattern", "differs", "held", "whole", "leavers"])

    def show_offered(self, offered: Iterable[tuple[int, str]]) -> None:
        """Offer who joins, moves or comes back, by row, once what was ticked is read."""
        self._offer("held", offered)

    def show_absent(self, absent: Iterable[tuple[int, str]]) -> None:
        """Offer who may have left, by name, once what was ticked is read."""
        self._offer("leavers", absent)

    def _offer(self, name: str, choices: Iterable[tuple[int, str]]) -> None:
        getattr(self, name).choices = offered = list(choices)
        if not offered:
            self.fields.pop(name, None)

    def clean_email_pattern(self) -> str:
        pattern = str(self.cleaned_data["email_pattern"])
        if pattern:
            try:
                check_pattern(pattern)
            except PatternRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return pattern


def _number(label: str) -> forms.NumberInput:
    """A cell of a table, which its row and column name for those who see it."""
    return forms.NumberInput(attrs={"class": "form-control", "aria-label": label})


class SubstituteForm(forms.Form):
    """A colleague who could come instead."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("A colleague of your team"), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = forms.ModelChoiceField(
            colleagues, label=_("A colleague of your team"), empty_label=_("Choose one")
        )


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    coming = forms.TypedChoiceField(
        choices=[("yes", _("I am coming")), ("no", _("I cannot come"))],
        coerce=lambda value: value == "yes",
    )


class PlacesForm(forms.Form):
    """How many places there are, in all, by role and by region, and who comes first."""

    hours = forms.IntegerField(
        label=_("Hours to accept"),
        min_value=1,
        max_value=720,
        initial=48,
        help_text=_("Only those of working days where the person is. Then the next one is asked."),
    )

    def __init__(
        self,
        *args: Any,
        rows: Sequence[Places],
        regions: Sequence[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        known = {(row.kind, row.region_id): row for row in rows}
        if rows:
            self.fields["hours"].initial = rows[0].hours
        parts: list[tuple[str, int | None, object]] = [("", None, _("Everybody"))]
        parts += [(kind, None, label) for kind, label in Attendee.Kind.choices]
        parts += [("", pk, name) for pk, name in regions]
        self.parts: list[tuple[str, int | None, object, str]] = []
        for kind, region_id, label in parts:
            name = f"region_{region_id}" if region_id else kind.lower() or "all"
            row = known.get((kind, region_id))
            self.fields[f"limit_{name}"] = forms.IntegerField(
                label=_("Places: %(part)s") % {"part": label},
                min_value=0,
                max_value=100_000,
                required=False,
                widget=_number(_("Places: %(part)s") % {"part": label}),
                initial=row.limit if row else None,
            )
            if name != "all":
                self.fields[f"rank_{name}"] = forms.IntegerField(
                    label=_("Order: %(part)s") % {"part": label},
                    min_value=1,
                    max_value=98,
                    required=False,
                    widget=_number(_("Order: %(part)s") % {"part": label}),
                    initial=row.rank if row and row.rank < _LAST else None,
                )
            self.parts.append((kind, region_id, label, name))

    @property
    def table(self) -> list[tuple[object, forms.BoundField, forms.BoundField | None]]:
        """A row for each part: what it is called, its places, its order."""
        return [
            (label, self[f"limit_{name}"], self[f"rank_{name}"] if name != "all" else None)
            for _kind, _region, label, name in self.parts
        ]

    @property
    def said(self) -> dict[tuple[str, int | None], tuple[int | None, int]]:
        """The clean fields, for an action."""
        clean = self.cleaned_data
        return {
            (kind, region): (clean[f"limit_{name}"], clean.get(f"rank_{name}") or _LAST)
            for kind, region, _label, name in self.parts
        }


class SeatForm(forms.Form):
    """What a planner decides of somebody who asks for a place by a forwarded link."""

    GRANT, REFUSE = "grant", "refuse"

    decision = forms.ChoiceField(choices=[(each, each) for each in (GRANT, REFUSE)])
    kind = forms.ChoiceField(
        label=_("Takes part as"), choices=Attendee.Kind.choices, initial=Attendee.Kind.STAFF
    )


class SeveralForm(forms.Form):
    """What happens to all people who are ticked."""

    KIND, YES, NO, ASK, REMOVE = "kind", "yes", "no", "ask", "remove"

    do = forms.ChoiceField(choices=[(each, each) for each in (KIND, YES, NO, ASK, REMOVE)])
    is_sure = forms.BooleanField(required=False)  # has seen what follows
    kind = forms.ChoiceField(
        label=_("Takes part as"), choices=Attendee.Kind.choices, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") == self.KIND and not cleaned.get("kind") and not self.errors:
            self.add_error("kind", _("Choose what they take part as."))
        return cleaned
