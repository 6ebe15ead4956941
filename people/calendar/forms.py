from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.imports import parsers


class ClosingDayForm(forms.Form):
    """A day on which the company rests."""

    date = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput())
    country = forms.CharField(
        label=gettext_lazy("Country"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Two letters or a name. Empty: the whole company."),
    )
    name = forms.CharField(label=gettext_lazy("What it is"), max_length=80, required=False)

    def clean_country(self) -> str:
        text = self.cleaned_data["country"].strip()
        try:
            return parsers.country(text) if text else ""
        except ValueError as error:
            raise ValidationError(str(error)) from error


class LeaveForm(forms.Form):
    """From when until when somebody is away."""

    starts_date = forms.DateField(label=gettext_lazy("First day away"), widget=forms.DateInput())
    ends_date = forms.DateField(
        label=gettext_lazy("Last day away"),
        widget=forms.DateInput(),
        required=False,
        help_text=gettext_lazy("Empty: one day"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["ends_date"] = cleaned.get("ends_date") or cleaned.get("starts_date")
        return cleaned
