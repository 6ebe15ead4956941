from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WaiveForm(forms.Form):
    """Why a check asks nobody for a while, and until when."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("A waiver stops the reminders. It gives no points, and your sponsor sees it."),
        error_messages={"required": _("Say why: your sponsor reads it.")},
    )
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = today + timedelta(days=14)
