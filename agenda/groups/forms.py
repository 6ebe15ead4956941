from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.groups.models import Grouping
from agenda.groups.rules.settings import LONGEST_TURN, MOST_WEIGHT, Settings
from agenda.sessions.models import Session
from core.ui.figures import moment
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff

MOST_ROUNDS = 6


class GroupingForm(forms.Form):
    """What groups are for, and in which sessions: those that begin at one time are one round."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Grouping.Kind.choices)
    segment_kind = forms.ChoiceField(
        label=gettext_lazy("For"),
        required=False,
        choices=[("", gettext_lazy("everybody")), *Attendee.Kind.choices],
    )
    sessions = forms.MultipleChoiceField(
        label=gettext_lazy("Sessions"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Those that begin at one time are one round: a room each. Others are rounds of their"
            " own."
        ),
    )

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Session.objects.filter(kickoff=kickoff, rounds=None).select_related("room")
        self.offered = {str(one.pk): one for one in free.order_by("starts_at", "pk")}
        field = self.fields["sessions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(pk, self._words(one, kickoff)) for pk, one in self.offered.items()]

    def _words(self, session: Session, kickoff: Kickoff) -> str:
        when = moment(session.starts_at, kickoff.zone) if session.starts_at else _("no time yet")
        return " · ".join([session.title, when, *([session.room.name] if session.room else [])])

    def clean_sessions(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["sessions"]
        if len(rounds_of([self.offered[pk] for pk in chosen])) > MOST_ROUNDS:
            raise ValidationError(
                _("At most %(most)d rounds can be solved together.") % {"most": MOST_ROUNDS}
            )
        return chosen

    @property
    def rounds(self) -> list[list[Session]]:
        """The chosen sessions by round."""
        return rounds_of([self.offered[pk] for pk in self.cleaned_data["sessions"]])


def rounds_of(sessions: Sequence[Session]) -> list[list[Session]]:
    """Sessions by the moment at which they begin; each that has none is a round of its own."""
    found: dict[object, list[Session]] = {}
    for one in sessions:
        found.setdefault(one.starts_at or one.pk, []).append(one)
    return list(found.values())


def _weight(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_WEIGHT)


class RulesForm(forms.Form):
    """The rules of a grouping; those with a weight are wanted, the others must hold."""

    version = forms.IntegerField(
        label=gettext_lazy("Version"), min_value=1, widget=forms.HiddenInput
    )
    smallest = forms.IntegerField(label=gettext_lazy("At least"), min_value=1, max_value=100)
    largest = forms.IntegerField(label=gettext_lazy("At most"), min_value=1, max_value=100)
    led = forms.BooleanField(label=gettext_lazy("Somebody leads each group"), required=False)
    apart = forms.ChoiceField(
        label=gettext_lazy("Who leads is of another region than"),
        required=False,
        choices=[
            ("MAJORITY", gettext_lazy("most in the group")),
            ("EVERY", gettext_lazy("everybody in the group")),
            ("", gettext_lazy("nobody: any region")),
        ],
    )
    own_manager = forms.BooleanField(
        label=gettext_lazy("Never with one’s own manager"), required=False
    )
    fresh = forms.BooleanField(label=gettext_lazy("Nobody meets twice"), required=False)
    most_of_team = forms.IntegerField(
        label=gettext_lazy("Of a team, at most"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("0 for any number"),
    )
    most_led = forms.IntegerField(
        label=gettext_lazy("Rounds that one person leads, at most"),
        min_value=0,
        max_value=MOST_ROUNDS,
        help_text=gettext_lazy("0 for any number"),
    )
    region = _weight(gettext_lazy("Mix regions"))
    function = _weight(gettext_lazy("Mix functions"))
    tenure = _weight(gettext_lazy("Mix tenure"))
    stage = _weight(gettext_lazy("Mix deal stages"))
    value = _weight(gettext_lazy("Balance the deals’ value"))
    turn_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for each deal"), min_value=5, max_value=LONGEST_TURN
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned["smallest"] > cleaned["largest"]:
            self.add_error("largest", _("The largest group is not smaller than the smallest one."))
        return cleaned

    @property
    def settings(self) -> Settings:
        """What was asked for."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Settings(**said)


class ChangeForm(forms.Form):
    """One change of a draft: what to do, the version that the planner saw, and with whom."""

    WHAT = ("swap", "move", "pin", "unpin", "out", "in", "undo", "seat", "way", "stop")

    do = forms.ChoiceField(choices=[(one, one) for one in WHAT])
    version = forms.IntegerField(min_value=1)
    place = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    other = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    rule = forms.CharField(required=False, max_length=20)
    value = forms.CharField(required=False, max_length=20)

    @property
    def way(self) -> int | str | bool:
        """What a rule becomes, as it was written."""
        text: str = self.cleaned_data["value"]
        if text in ("True", "False"):
            return text == "True"
        return int(text) if text.isdecimal() else text


class SolveForm(forms.Form):
    """How long a search may take."""

    seconds = forms.IntegerField(min_value=0, max_value=300, initial=10)


class ReleaseForm(forms.Form):
    """The version that a planner saw."""

    version = forms.IntegerField(min_value=1)
