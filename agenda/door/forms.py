from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.door.rendering import Label
from core.ui.figures import day as day_words
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.forms import PeopleField, PersonField
from people.org.models import Team

_WALK_IN = [Attendee.Kind.STAFF, Attendee.Kind.MANAGER, Attendee.Kind.SPEAKER, Attendee.Kind.GUEST]


class KeeperForm(forms.Form):
    """Who gets the door."""

    person = PersonField(label=gettext_lazy("Who"))


class DoorsForm(forms.Form):
    """When the door opens on the first day."""

    opens = forms.TimeField(
        label=gettext_lazy("The door opens on the first day at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class WalkInForm(forms.Form):
    """Somebody of the company who is not on the roster."""

    prefix = "walk-in"

    person = PersonField(
        label=gettext_lazy("Full name or e-mail"),
        help_text=gettext_lazy("Somebody of the company who is not on the roster"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("As"), choices=[(kind.value, kind.label) for kind in _WALK_IN]
    )
    device = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class BadgeForm(forms.Form):
    """Which badges, on which labels. Sizes are in millimetres."""

    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("Everybody who takes part"),
    )
    person = PersonField(label=gettext_lazy("Or one person alone"), required=False)
    sheet = forms.ChoiceField(
        label=gettext_lazy("Sheet"),
        required=False,
        choices=[
            ("", gettext_lazy("Roll, one label a page")),
            ("A4", "A4"),
            ("LETTER", gettext_lazy("US Letter")),
        ],
    )
    width = forms.FloatField(
        label=gettext_lazy("Width, mm"), min_value=50, max_value=210, initial=90, step_size=0.1
    )
    height = forms.FloatField(
        label=gettext_lazy("Height, mm"), min_value=50, max_value=297, initial=120, step_size=0.1
    )
    gap = forms.FloatField(
        label=gettext_lazy("Between two, mm"), min_value=0, max_value=30, initial=0, step_size=0.1
    )
    with_back = forms.BooleanField(label=gettext_lazy("Their agenda on the back"), required=False)

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        if isinstance(team, forms.ModelChoiceField):
            there = Attendee.objects.filter(kickoff=kickoff).values("person__team")
            team.queryset = Team.objects.filter(pk__in=there)

    def said(self) -> dict[str, Any]:
        """What the action asks for."""
        found = self.cleaned_data
        label = Label(found["width"], found["height"], found["sheet"], found["gap"])
        return {
            "label": label,
            "team": found["team"].pk if found["team"] else None,
            **{name: found[name] for name in ("person", "with_back")},
        }


class PaperForm(forms.Form):
    """Who was ticked on a list on paper, and when."""

    prefix = "paper"

    people = PeopleField(
        label=gettext_lazy("Who came"),
        help_text=gettext_lazy(
            "One a line: a full name or an e-mail, or a whole column of a table. 1,000 at most."
        ),
        most=1_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    day = forms.ChoiceField(label=gettext_lazy("Day"))
    time = forms.TimeField(label=gettext_lazy("Time, about"))

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kickoff = kickoff
        days = self.fields["day"]
        if isinstance(days, forms.ChoiceField):
            days.choices = [(day.isoformat(), day_words(day)) for day in kickoff.days]
        today = kickoff.local_date(timezone.now())
        self.initial.setdefault("day", today.isoformat())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.came_at > timezone.now():
            self.add_error("time", _("That moment is still to come."))
        return cleaned

    @property
    def came_at(self) -> datetime:
        day = datetime.fromisoformat(self.cleaned_data["day"]).date()
        return datetime.combine(day, self.cleaned_data["time"], tzinfo=self.kickoff.zone)
