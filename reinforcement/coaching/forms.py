from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.questions.models import Topic
from reinforcement.assessments.forms import LEVELS
from reinforcement.coaching.actions import Talk


class NoteForm(forms.Form):
    """What a manager writes down in a 1:1. Never saves: `talk` goes to an action."""

    score = forms.TypedChoiceField(
        choices=LEVELS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    went_well = forms.CharField(
        label=gettext_lazy("What did you see and agree?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200, required=False)
    next_step_by = forms.DateField(
        label=gettext_lazy("By"), required=False, widget=forms.DateInput(format="%Y-%m-%d")
    )
    private_note = forms.CharField(
        label=gettext_lazy("For your eyes only"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    happened_on = forms.DateField(
        label=gettext_lazy("Day of the 1:1"), widget=forms.DateInput(format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, topic: Topic | None, name: str, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.topic = topic
        self.today = today
        self.fields["happened_on"].initial = today
        self.fields["private_note"].help_text = _(
            "%(name)s sees all of this note but this field."
        ) % {"name": name}
        if topic is None:
            del self.fields["score"]
        else:
            self.fields["score"].label = _("How well does %(name)s %(behaviour)s?") % {
                "name": name,
                "behaviour": topic.behaviour or topic.name,
            }

    def clean_next_step_by(self) -> date | None:
        day: date | None = self.cleaned_data["next_step_by"]
        if day and day < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("next_step_by") and not data.get("next_step"):
            self.add_error("next_step", _("Say what the next step is, or leave its date empty."))
        return data

    @property
    def talk(self) -> Talk:
        values = {name: value for name, value in self.cleaned_data.items() if name in self.fields}
        score = values.get("score") or None
        return Talk(**{**values, "score": score, "topic": self.topic if score else None})
