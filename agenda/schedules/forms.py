from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.imports.rows import Parsed

DEFAULT_SEATS = 100
MOST_SEATS = 100_000


class ProgrammeOptionsForm(forms.Form):
    """How many seats rooms have that are new, and whether the whole programme is moved."""

    seats = forms.IntegerField(
        label=gettext_lazy("Seats of rooms that are new"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=DEFAULT_SEATS,
        help_text=gettext_lazy("No file of a programme says it: correct each room afterwards."),
    )
    from_first_day = forms.BooleanField(
        label=gettext_lazy("Let it begin on the first day of the kickoff"),
        required=False,
        help_text=gettext_lazy("The whole programme moves by days, at the same times of day."),
    )

    def __init__(self, data: Mapping[str, Any] | None, _parsed: Parsed | None) -> None:
        super().__init__(data)
