from django import forms
from django.utils.translation import gettext_lazy


class CodeForm(forms.Form):
    """The code on the screen."""

    code = forms.CharField(
        label=gettext_lazy("Code on the screen"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
