from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.questions.models import Topic

LEVELS = [
    (1, gettext_lazy("Not seen yet")),
    (2, gettext_lazy("Seen with help")),
    (3, gettext_lazy("Does it alone")),
    (4, gettext_lazy("Does it and shows others")),
]


class RubricForm(forms.Form):
    """Marks from 1 to 4 for each behaviour. Never saves: `marks` goes to an action."""

    def __init__(
        self, *args: Any, rubric: Sequence[tuple[Topic, int | None]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.topics = [topic for topic, _mark in rubric]
        for topic, mark in rubric:
            self.fields[f"topic_{topic.pk}"] = forms.TypedChoiceField(
                label=_("How well does this rep %(behaviour)s?") % {"behaviour": topic.behaviour},
                choices=LEVELS,
                coerce=int,
                initial=mark,
                widget=forms.RadioSelect,
            )

    @property
    def marks(self) -> dict[int, int]:
        return {topic.pk: self.cleaned_data[f"topic_{topic.pk}"] for topic in self.topics}
