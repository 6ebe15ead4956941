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
from events.planning.actions import LONGEST_COMMENT, ChangedMeanwhile, Details
from events.planning.actions.files import KINDS
from events.planning.models import COUNTS_FROM, UNITS, PlanningTask
from events.planning.rules import (
    LONGEST_LAG_DAYS,
    LONGEST_MOVE_DAYS,
    LONGEST_OFFSET,
    LONGEST_TASK_DAYS,
    By,
    CountsFrom,
    Unit,
)
from people.accounts.models import Person
from people.files.forms import UploadField


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

    offset = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=0,
        max_value=LONGEST_OFFSET,
        help_text=_("The date moves with what it counts from."),
    )
    unit = forms.ChoiceField(
        label=_("Weeks or days"), choices=UNITS, required=False, initial=Unit.WEEKS
    )
    counts_from = forms.ChoiceField(
        label=_("Counted"), choices=COUNTS_FROM, required=False, initial=CountsFrom.BEFORE_EVENT
    )
    takes_days = forms.IntegerField(
        label=_("Working days that it takes"),
        required=False,
        min_value=0,
        max_value=LONGEST_TASK_DAYS,
        initial=5,
        help_text=_("0 for a moment, such as a signature."),
    )
    own_date = forms.DateField(
        label=_("Or a date set by hand"),
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
            "offset",
            "unit",
            "counts_from",
            "takes_days",
            "own_date",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = _owner_field(kickoff)
        self.fields["workstream"] = forms.ChoiceField(
            label=_("Workstream"),
            choices=queries.workstreams_of(kickoff),
            widget=forms.Select(attrs={"data-content": True}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["unit"] = cleaned.get("unit") or Unit.WEEKS
        cleaned["counts_from"] = cleaned.get("counts_from") or CountsFrom.BEFORE_EVENT
        if cleaned.get("takes_days") is None:
            cleaned["takes_days"] = 5
        nothing = cleaned.get("offset") is None and cleaned.get("own_date") is None
        if nothing and not {"offset", "own_date"} & set(self.errors):
            self.add_error("offset", _("Say when it is due: so many weeks or days, or a date."))
        return cleaned

    @property
    def details(self) -> Details:
        """The clean fields, for an action."""
        return Details(**{field: self.cleaned_data[field] for field in self.Meta.fields})


class ItemForm(forms.Form):
    """One more step of a task."""

    text = forms.CharField(label=_("Next step"), max_length=200)


class FileForm(forms.Form):
    """One more file of a task."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Not before: its hint is in the language of whoever asks
        self.fields["file"] = UploadField(KINDS, label=_("Add a file"))


class CommentForm(forms.Form):
    """What somebody says on a task."""

    text = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_COMMENT,
        help_text=_("@ and a name mentions a planner, or who owns work of this plan."),
    )


class NewCommentForm(CommentForm):
    """The same, with somebody to mention who need not be spelled."""

    def __init__(self, data: QueryDict | None = None, *, kickoff: Kickoff) -> None:
        super().__init__(data, auto_id="comment-%s")
        self.fields["mention"] = PersonField(
            label=_("Mention"),
            queryset=queries.mentionable(kickoff, timezone.now()),
            required=False,
            empty_label=_("Nobody more"),
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
        self.begins_in = "owner"

    def focus(self, wanted: str) -> None:
        """Begin in a field that is wrong, else in the one that was asked for."""
        name = next((name for name in ("owner", "due") if name in self.errors), wanted)
        self.begins_in = name if name == "due" else "owner"
        if self.begins_in == "due":
            self.fields["due"].widget.attrs["data-focus"] = True

    def clean_due(self) -> date | None:
        due: date | None = self.cleaned_data["due"]
        if due is None and self.task.counts is None:
            raise forms.ValidationError(_("Say when the task is due."))
        return due

    @property
    def details(self) -> Details:
        """The task with these; without a date it counts from the event again."""
        due = self.cleaned_data["due"]
        own_date = self.task.own_date if due == self.task.due_date else due
        return replace(Details.of(self.task), owner=self.cleaned_data["owner"], own_date=own_date)


class ShiftForm(Seeing):
    """By how many working days one bar moves."""

    days = forms.IntegerField(min_value=-LONGEST_MOVE_DAYS, max_value=LONGEST_MOVE_DAYS)


class PlaceForm(Seeing):
    """On which column of a board a card was dropped."""

    by = forms.ChoiceField(choices=[(one.value, one.value) for one in By])
    column = forms.CharField(max_length=40)


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

    workstream = forms.CharField(max_length=40, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PersonField(
            label=_("Owner"),
            queryset=queries.possible_owners(kickoff, timezone.now()),
            required=False,
            empty_label=_("Nobody yet"),
        )


class LinkForm(forms.Form):
    """What else a task waits for."""

    lag_days = forms.IntegerField(
        label=_("Days in between"),
        initial=0,
        min_value=-LONGEST_LAG_DAYS,
        max_value=LONGEST_LAG_DAYS,
        help_text=_("Below zero, it begins before the other is over."),
    )

    def __init__(self, data: QueryDict | None = None, *, task: PlanningTask) -> None:
        super().__init__(data, auto_id="link-%s")
        others = PlanningTask.objects.filter(kickoff=task.kickoff).exclude(pk=task.pk)
        self.fields["predecessor"] = forms.ModelChoiceField(
            others.order_by("title", "pk"), label=_("Begins once this is over")
        )
        self.order_fields(["predecessor", "lag_days"])


class WorkstreamForm(forms.Form):
    """One more workstream."""

    name = forms.CharField(label=_("Name of the workstream"), max_length=40)


class PlanDateForm(forms.Form):
    """When the comp plan takes effect."""

    plan_date = forms.DateField(
        label=_("The comp plan takes effect"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _owner_field(kickoff: Kickoff) -> PersonField:
    return PersonField(
        label=_("Owner"),
        queryset=queries.possible_owners(kickoff, timezone.now()),
        required=False,
        empty_label=_("The owner of the workstream"),
    )
