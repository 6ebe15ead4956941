from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.kickoff.hooks import Threshold


class ThresholdForm(forms.Form):
    """The number that a check asks for at a kickoff, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept with the number, and your sponsor sees it."),
        error_messages={"required": _("Say why: your sponsor reads it.")},
    )

    def __init__(self, *args: Any, threshold: Threshold, value: int, **options: Any) -> None:
        super().__init__(*args, **options)
        field = forms.IntegerField(
            label=_("Asks for"),
            min_value=threshold.low,
            max_value=threshold.high,
            initial=value,
            help_text=_("From %(low)s to %(high)s; everybody begins with %(default)s.")
            % {
                "low": threshold.worded(threshold.low),
                "high": threshold.worded(threshold.high),
                "default": threshold.worded(threshold.default),
            },
        )
        self.fields["value"] = field
        self.order_fields(["value", "reason"])


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
