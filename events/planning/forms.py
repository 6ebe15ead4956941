from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.planning import queries
from events.planning.actions import ChangedMeanwhile, Details
from events.planning.models import PlanningTask, Workstream
from events.planning.rules import LONGEST_DAYS_AFTER, LONGEST_MOVE_DAYS, LONGEST_WEEKS_BEFORE
from people.accounts.models import Person


class PersonField(forms.ModelChoiceField[Person]):
    """One of several people, told by full name."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class Seeing(forms.Form):
    """Carries on what somebody saw of a task, so that no change of another planner is lost."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def see(self, task: PlanningTask) -> None:
        """From now on they have seen this: saving again is meant."""
        # Key by key: unpacked, what a browser sent would give lists
        self.data = {key: self.data[key] for key in self.data} | {"seen": task.seen}


@contextmanager
def seen_by(form: Seeing) -> Iterator[None]:
    """Let a form that is refused since the task changed meanwhile be sent again with what it is now."""
    try:
        yield
    except ChangedMeanwhile as refusal:
        form.see(refusal.task)
        raise


class TaskForm(Seeing, forms.ModelForm[PlanningTask]):
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
        self.fields["owner"] = _owner_field(kickoff)

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


class NoteForm(Seeing):
    """What whoever answers for a task notes on it."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by the planners of this kickoff."),
    )


class RowForm(Seeing):
    """Owner and date of a task, changed where they stand in the list."""

    due = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "form": "row"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None = None, *, task: PlanningTask) -> None:
        initial = {"owner": task.owner, "due": task.due_date, "seen": task.seen}
        super().__init__(data, initial=initial, auto_id="row-%s")
        self.task = task
        self.fields["owner"] = _owner_field(task.kickoff)
        self.fields["owner"].widget.attrs["form"] = "row"

    def focus(self, wanted: str) -> None:
        """Begin in a field that is wrong, else in the one that was asked for."""
        name = next((name for name in ("owner", "due") if name in self.errors), wanted)
        self.fields[name if name == "due" else "owner"].widget.attrs["data-focus"] = True

    def clean_due(self) -> date | None:
        due: date | None = self.cleaned_data["due"]
        if due is None and not self.task.counts_from_the_event:
            raise forms.ValidationError(_("Say when the task is due."))
        return due

    @property
    def details(self) -> Details:
        """The task with these; without a date it counts from the event again."""
        due = self.cleaned_data["due"]
        own_date = self.task.own_date if due == self.task.due_date else due
        return replace(Details.of(self.task), owner=self.cleaned_data["owner"], own_date=own_date)


class SeveralForm(forms.Form):
    """What happens to all tasks that are ticked."""

    DONE, GIVE, MOVE = "done", "give", "move"

    do = forms.ChoiceField(choices=[(each, each) for each in (DONE, GIVE, MOVE)])
    days = forms.IntegerField(
        label=_("Days"),
        required=False,
        min_value=-LONGEST_MOVE_DAYS,
        max_value=LONGEST_MOVE_DAYS,
        widget=forms.NumberInput(attrs={"placeholder": "7"}),
    )

    def __init__(self, data: QueryDict | None = None, *, kickoff: Kickoff) -> None:
        super().__init__(data, auto_id="several-%s")
        self.fields["owner"] = _owner_field(kickoff)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") == self.MOVE and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Say by how many days: 7, or -7 to move them back."))
        return cleaned


class WorkstreamOwnerForm(forms.Form):
    """Who answers for a workstream; nobody when left empty."""

    workstream = forms.ChoiceField(choices=Workstream.choices, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PersonField(
            label=_("Owner"),
            queryset=queries.possible_owners(kickoff, timezone.now()),
            required=False,
            empty_label=_("Nobody yet"),
        )


def _owner_field(kickoff: Kickoff) -> PersonField:
    return PersonField(
        label=_("Owner"),
        queryset=queries.possible_owners(kickoff, timezone.now()),
        required=False,
        empty_label=_("The owner of the workstream"),
    )
