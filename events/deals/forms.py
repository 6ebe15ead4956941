from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.deals.actions import DEFAULT_CURRENCY, parse_currency


class AccountOptionsForm(forms.Form):
    """The option of an import of accounts: which misspelt countries are taken as what they mean."""

    spellings = forms.MultipleChoiceField(
        label=gettext_lazy("Take as the country"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Untick what means another country, and mend it in the file."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, proposed: Mapping[str, str]) -> None:
        super().__init__(data)
        if not proposed:
            del self.fields["spellings"]
            return
        field = self.fields["spellings"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = _taken_as(proposed)
        field.initial = list(proposed)


class DealOptionsForm(forms.Form):
    """The options of an import of deals: the currency, and spellings that mean one product."""

    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        initial=DEFAULT_CURRENCY,
        help_text=gettext_lazy("Where the file says none. Three letters, such as USD."),
    )
    aliases = forms.MultipleChoiceField(
        label=gettext_lazy("Take as the same product"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Untick what is a product of its own."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, proposed: Mapping[str, str]) -> None:
        super().__init__(data)
        if not proposed:
            del self.fields["aliases"]
            return
        field = self.fields["aliases"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = _taken_as(proposed)
        field.initial = list(proposed)

    def clean_currency(self) -> str:
        try:
            return parse_currency(self.cleaned_data["currency"])
        except ValueError as error:
            raise ValidationError(str(error)) from error


def _taken_as(proposed: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name, _("“%(name)s” is “%(wanted)s”") % {"name": name, "wanted": wanted})
        for name, wanted in proposed.items()
    ]
