from typing import Any

from django import forms

from agenda.clinics import rules
from events.strategies.rules import LETTERS, SCORES


class ScoreForm(forms.Form):
    """A member's own scores of a deal: none may be left out, as they are compared."""

    turn = forms.CharField(max_length=24)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter in LETTERS:
            self.fields[letter.key] = forms.TypedChoiceField(
                label=str(letter.name),
                choices=SCORES,
                coerce=int,
            )

    @property
    def letters(self) -> dict[str, int]:
        """The scores by letter, for an action."""
        return {letter.key: self.cleaned_data[letter.key] for letter in LETTERS}


class TimingForm(forms.Form):
    """How many minutes each part of a deal gets."""

    def __init__(self, *args: Any, minutes: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, long in zip(rules.PARTS, minutes, strict=True):
            self.fields[part.key] = forms.IntegerField(
                label=str(part.name), min_value=1, max_value=60, initial=long
            )

    @property
    def minutes(self) -> list[int]:
        """The minutes by part, for an action."""
        return [self.cleaned_data[part.key] for part in rules.PARTS]
