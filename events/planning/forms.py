from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.planning import queries
from events.planning.actions import Details
from events.planning.models import PlanningTask, Workstream
from events.planning.rules import LONGEST_DAYS_AFTER, LONGEST_WEEKS_BEFORE
from people.accounts.models import Person


class PersonField(forms.ModelChoiceField[Person]):
    """One of several people, told by full name."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class TaskForm(forms.ModelForm[PlanningTask]):
    """A planning task. Never saves: `details` goes to an action."""

    weeks_before = forms.IntegerField(
        label=_("Weeks before the first day"),
        required=False,
        min_value=0,
        max_value=LONGEST_WEEKS_BEFORE,
        help_text=_("The date moves with the kickoff."),
    )
    days_after = forms.IntegerField(
        label=_("Or days after the last day"),
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS_AFTER,
    )
    own_date = forms.DateField(
        label=_("Or a date of its own"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("This date wins, and stays when the kickoff moves."),
    )

    class Meta:
        model = PlanningTask
        fields = [
            "title",
            "workstream",
            "owner",
            "weeks_before",
            "days_after",
            "own_date",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PersonField(
            label=_("Owner"),
            queryset=queries.possible_owners(kickoff, timezone.now()),
            required=False,
            empty_label=_("The owner of the workstream"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        weeks, days = cleaned.get("weeks_before"), cleaned.get("days_after")
        if weeks is not None and days is not None:
            self.add_error(
                "days_after", _("Count from the first day or from the last one, not from both.")
            )
        nothing = weeks is None and days is None and cleaned.get("own_date") is None
        if nothing and not {"weeks_before", "days_after", "own_date"} & set(self.errors):
            self.add_error(
                "weeks_before", _("Say when it is due: weeks before, days after, or a date.")
            )
        return cleaned

    @property
    def details(self) -> Details:
        """The clean fields, for an action."""
        return Details(**{field: self.cleaned_data[field] for field in self.Meta.fields})


class WorkstreamOwnerForm(forms.Form):
    """Who answers for a workstream; nobody when left empty."""

    workstream = forms.ChoiceField(choices=Workstream.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PersonField(
            label=_("Owner"),
            queryset=queries.possible_owners(kickoff, timezone.now()),
            required=False,
            empty_label=_("Nobody yet"),
        )
