from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import model_field
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.questions.models import Question, Topic
from events.questions.rules import MOST_CHOICES


class TopicForm(forms.ModelForm[Topic]):
    """A topic. Never saves: its values go to an action."""

    class Meta:
        model = Topic
        fields = ["name", "bet", "behaviour", "prompts"]
        widgets = {"prompts": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "bet").queryset = BigBet.objects.filter(kickoff=kickoff)


class QuestionForm(forms.Form):
    """A question with up to six choices. Never saves: `values` goes to an action."""

    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), empty_label=None)
    text = forms.CharField(label=_("Question"), max_length=300)
    explanation = forms.CharField(
        label=_("Explanation"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown after the answer: why the right one is right."),
    )
    held_out = forms.BooleanField(
        label=_("Keep it for the checks"),
        required=False,
        help_text=_("Practice never shows it, so that day 0, 30, 60 and 90 can be compared."),
    )

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "topic").queryset = Topic.objects.filter(kickoff=kickoff)
        for n in range(1, MOST_CHOICES + 1):
            self.fields[f"choice_{n}"] = forms.CharField(
                label=_("Choice %(n)s") % {"n": n}, max_length=200, required=False
            )
        self.fields["right"] = forms.TypedChoiceField(
            label=_("Right choice"),
            choices=[(n, str(n)) for n in range(1, MOST_CHOICES + 1)],
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": _("Mark the one right choice.")},
        )

    @staticmethod
    def initial_of(question: Question) -> dict[str, object]:
        """The form's first values for a question that is changed."""
        choices = list(question.choices.all())
        values: dict[str, object] = {
            "topic": question.topic_id,
            "text": question.text,
            "explanation": question.explanation,
            "held_out": question.held_out,
            "right": next((n for n, one in enumerate(choices, 1) if one.is_right), 1),
        }
        values.update({f"choice_{n}": one.text for n, one in enumerate(choices, 1)})
        return values

    @property
    def choice_rows(self) -> Iterator[tuple[int, BoundField, bool]]:
        """Number and field of each choice, and whether it is marked as the right one."""
        marked = str(self["right"].value() or 1)
        for n in range(1, MOST_CHOICES + 1):
            yield n, self[f"choice_{n}"], marked == str(n)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes: empty choices are left out, the right one found again."""
        data = self.cleaned_data
        filled = [n for n in range(1, MOST_CHOICES + 1) if data[f"choice_{n}"]]
        right = data["right"]
        return {
            "topic": data["topic"],
            "text": data["text"],
            "explanation": data["explanation"],
            "held_out": data["held_out"],
            "choices": [data[f"choice_{n}"] for n in filled],
            "right": filled.index(right) if right in filled else -1,
        }
