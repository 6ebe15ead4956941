from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.sessions.models import Session
from core.forms import model_field
from core.ids import RowsField
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.org.models import Region
from reinforcement.campaigns.actions import FIELDS
from reinforcement.campaigns.models import Activity


class ActivityForm(forms.ModelForm[Activity]):
    """A step of the plan. Never saves: `values` and `topics` go to an action."""

    topics = RowsField(
        Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Topics"),
        help_text=_("None means all topics of this kickoff."),
    )

    class Meta:
        model = Activity
        fields = [*FIELDS, "topics"]
        widgets = {"body": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "day_offset": _(
                "Day 0 is the last day of the event. A weekend or a holiday moves to the next "
                "working day of each person. A check is on day 0, 30, 60 or 90."
            ),
            "local_hour": _("In the time zone of each person, 6 to 20."),
            "setting": _("For a manager follow-up only."),
            "question_count": _("For lessons and checks."),
            "segment_kind": _("Empty means everybody who takes part."),
        }

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        querysets = {
            "topics": Topic.objects.filter(kickoff=kickoff),
            "session": Session.objects.filter(kickoff=kickoff).exclude(
                type__in=["MEAL_BREAK", "SOCIAL"]
            ),
            "segment_region": Region.objects.all(),
        }
        for name, queryset in querysets.items():
            model_field(self, name).queryset = queryset

        # The limits of the table, which `_post_clean` would have checked
        for column in Activity._meta.fields:
            if isinstance(column, models.PositiveSmallIntegerField):
                self.fields[column.name].validators += column.validators

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Activity.Kind.MANAGER_FOLLOW_UP:
            if not data.get("setting"):
                self.add_error("setting", _("Say whether it is a 1:1 or a team meeting."))
        else:
            data["setting"] = ""
        return data

    def _post_clean(self) -> None:
        """Leave the instance and its constraints alone: the action writes and refuses."""

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def chosen_topics(self) -> Iterable[Topic]:
        topics: Iterable[Topic] = self.cleaned_data["topics"]
        return topics
