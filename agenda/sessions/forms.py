from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.rooms.models import Room
from agenda.sessions.actions import SessionConflicts, SessionFields
from agenda.sessions.models import Part, Pillar, Session, SessionType
from agenda.sessions.queries.words import kind_heading
from agenda.sessions.rules import LENGTH_LIMITS, Kind, Severity, agenda_day, moment_of, read_names
from core.ids import RowsField
from core.ui.figures import day as day_words
from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.guests.queries import guests_among
from events.kickoff.models import Kickoff
from people.accounts.forms import PeopleField, PersonField, Suggestions
from people.accounts.models import Person
from people.accounts.queries import leading_people
from people.org.models import Region

FIELDS_OF = {
    Kind.ROOM: "room",
    Kind.PERSON: "speakers",
    Kind.DAYS: "day",
    Kind.CAPACITY: "room",
    Kind.GAP: "start_time",
}


def _choices(kind: Any, empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *kind.choices]


class WhereForm(forms.Form):
    """A room, a day of the event and a local time, or none of them."""

    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("Not on the agenda yet"),
    )
    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    start_time = forms.TimeField(
        label=gettext_lazy("Starts"),
        required=False,
        widget=forms.TimeInput(attrs={"step": 300}),
        help_text=gettext_lazy("Before 04:00: in the night after that day"),
    )

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kickoff = kickoff
        rooms = self.fields["room"]
        if isinstance(rooms, forms.ModelChoiceField):
            rooms.queryset = Room.objects.filter(kickoff=kickoff)
        self._offer_days(kickoff.days)

    def _offer_days(self, days: Iterable[date]) -> None:
        field = self.fields["day"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *((one.isoformat(), day_words(one)) for one in days)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        missing = [
            name for name in ("room", "day", "start_time") if cleaned.get(name) in (None, "")
        ]
        if missing and len(missing) < 3:
            for name in missing:
                self.add_error(
                    name,
                    _("Room, day and time come together. Leave all three empty to plan it later."),
                )
        return cleaned

    @property
    def starts_at(self) -> datetime | None:
        """The moment in UTC, or None."""
        day, start_time = self.cleaned_data["day"], self.cleaned_data["start_time"]
        if not day or start_time is None:
            return None
        return moment_of(date.fromisoformat(day), start_time, self.kickoff.zone)


class MoveForm(WhereForm):
    """Where a session goes, and the version that the planner saw."""

    version = forms.IntegerField(min_value=1)


class SessionForm(WhereForm):
    """All that a planner says of a session."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=SessionType.choices)
    outcome = forms.CharField(
        label=gettext_lazy("Outcome"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("What people can do afterwards that they could not do before"),
    )
    owner = PersonField(
        label=gettext_lazy("Owner"),
        required=False,
        help_text=gettext_lazy("Who answers for it: a name or an e-mail"),
    )
    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar"),
        required=False,
        choices=_choices(Pillar, gettext_lazy("None")),
    )
    bets = RowsField(
        BigBet.objects.none(),
        label=gettext_lazy("Big bets that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    speakers = PeopleField(
        label=gettext_lazy("Speakers"),
        required=False,
        help_text=gettext_lazy("One a line: a name or an e-mail"),
    )
    facilitators = PeopleField(
        label=gettext_lazy("Facilitators"),
        required=False,
        help_text=gettext_lazy("One a line: a name or an e-mail"),
    )
    named = forms.CharField(
        label=gettext_lazy("Speakers without an account"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("One a line: the name as the programme shows it"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    duration_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=LENGTH_LIMITS[0],
        max_value=LENGTH_LIMITS[1],
        initial=60,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Empty: everybody whom it is for has a place"),
    )
    segment_kind = forms.ChoiceField(
        label=gettext_lazy("Only"),
        required=False,
        choices=_choices(Attendee.Kind, gettext_lazy("Everybody")),
    )
    segment_function = forms.ChoiceField(
        label=gettext_lazy("Function"),
        required=False,
        choices=_choices(Person.Function, gettext_lazy("Every function")),
    )
    segment_region = forms.ModelChoiceField(
        Region.objects.all(),
        label=gettext_lazy("Region"),
        required=False,
        empty_label=gettext_lazy("Every region"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, session: Session | None = None, **kwargs: Any) -> None:
        if session is not None:
            kwargs["initial"] = _said(session) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["owner"].widget = Suggestions(leading_people(timezone.now()))
        bets = self.fields["bets"]
        if isinstance(bets, forms.ModelMultipleChoiceField):
            bets.queryset = BigBet.objects.filter(kickoff=self.kickoff)
        if session is not None and session.starts_at is not None:
            # A day outside the event stays readable, so that its conflict can be mended
            own = agenda_day(session.starts_at, self.kickoff.zone)
            self._offer_days(sorted({*self.kickoff.days, own}))

    def clean_speakers(self) -> list[Person]:
        return self._on_the_roster(self.cleaned_data["speakers"])

    def clean_named(self) -> list[str]:
        try:
            return read_names(self.cleaned_data["named"].splitlines())
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_facilitators(self) -> list[Person]:
        return self._on_the_roster(self.cleaned_data["facilitators"])

    def _on_the_roster(self, people: list[Person]) -> list[Person]:
        """Whoever speaks must be able to see the kickoff."""
        asked = [person for person in people if not person.role]
        there = set(
            Attendee.objects.filter(kickoff=self.kickoff, person__in=asked).values_list(
                "person_id", flat=True
            )
        )
        there |= guests_among(self.kickoff, [person.pk for person in asked])
        missing = [person.full_name for person in asked if person.pk not in there]
        if missing:
            raise ValidationError(
                ngettext(
                    "%(names)s is not on the roster. Add them there first, or invite them as a guest.",
                    "%(names)s are not on the roster. Add them there first, or invite them as guests.",
                    len(missing),
                )
                % {"names": ", ".join(missing)}
            )
        return people

    def say_conflicts(self, refusal: SessionConflicts) -> None:
        """Write each conflict beside the field that would mend it."""
        for said in refusal.conflicts:
            name = FIELDS_OF[said.conflict.kind]
            if name == "speakers" and not self.cleaned_data["speakers"]:
                name = "facilitators"
            text = said.text
            if said.mend_label:
                text = f"{text} {_('Free instead:')} {said.mend_label}."
            self.add_error(name, text)

    @property
    def said(self) -> SessionFields:
        """What the planner wrote, for an action."""
        kept = self.cleaned_data
        names = ("title", "type", "duration_minutes", "pillar", "outcome", "description", "owner")
        more = ("room", "capacity", "segment_kind", "segment_function", "segment_region")
        lists = ("speakers", "facilitators", "named", "bets")
        said: dict[str, Any] = {name: kept[name] for name in names + more}
        said |= {name: list(kept[name]) for name in lists}
        return SessionFields(**said, starts_at=self.starts_at)


def _said(session: Session) -> dict[str, Any]:
    parts = session.people.select_related("person").order_by("pk")
    zone = session.kickoff.zone
    starts_at = session.starts_at
    return {
        "title": session.title,
        "type": session.type,
        "outcome": session.outcome,
        "owner": session.owner,
        "pillar": session.pillar,
        "bets": session.bets.all(),
        "description": session.description,
        "speakers": [one.person for one in parts if one.part == Part.SPEAKER],
        "facilitators": [one.person for one in parts if one.part == Part.FACILITATOR],
        "named": "\n".join(session.named),
        "room": session.room,
        "day": starts_at and agenda_day(starts_at, zone).isoformat(),
        "start_time": starts_at and starts_at.astimezone(zone).time(),
        "duration_minutes": session.duration_minutes,
        "capacity": session.capacity,
        "segment_kind": session.segment_kind,
        "segment_function": session.segment_function,
        "segment_region": session.segment_region,
        "version": session.version,
    }


class SeveritiesForm(forms.Form):
    """What each kind of conflict does, as it is now."""

    def __init__(self, *args: Any, severities: Mapping[Kind, Severity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (Severity.BLOCK, _("Blocks a release")),
            (Severity.WARN, _("Is a warning")),
            (Severity.IGNORE, _("Is ignored")),
        ]
        for kind in Kind:
            self.fields[kind] = forms.ChoiceField(
                label=kind_heading(kind), choices=choices, initial=severities[kind]
            )

    @property
    def said(self) -> dict[Kind, Severity]:
        """What the planner chose, for an action."""
        return {kind: Severity(self.cleaned_data[kind]) for kind in Kind}


class ReleaseForm(forms.Form):
    """The version that the planner saw, and why conflicts may stand."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    override_reason = forms.CharField(
        label=gettext_lazy("Why it may go out with conflicts"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Written into the audit trail"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
