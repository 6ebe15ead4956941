from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.figures import day as day_words
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.forms import PeopleField, PersonField

_WALK_IN = [Attendee.Kind.STAFF, Attendee.Kind.MANAGER, Attendee.Kind.SPEAKER, Attendee.Kind.GUEST]


class KeeperForm(forms.Form):
    """Who gets the door."""

    person = PersonField(label=gettext_lazy("Who"))


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


class PaperForm(forms.Form):
    """Who was ticked on a list on paper, and when."""

    prefix = "paper"

    people = PeopleField(
        label=gettext_lazy("Who came"),
        help_text=gettext_lazy("One a line: a full name or an e-mail. 50 at most."),
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
