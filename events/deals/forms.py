from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.imports.forms import TakenAs
from core.imports.parsers import currency
from core.imports.rows import Parsed
from events.deals.actions import (
    DEFAULT_CURRENCY,
    proposed_aliases,
    proposed_countries,
)


class AccountOptionsForm(forms.Form):
    """The option of an import of accounts: which misspelt countries are taken as what they mean."""

    def __init__(self, data: Mapping[str, Any] | None, parsed: Parsed | None) -> None:
        super().__init__(data)
        if parsed and (proposed := proposed_countries(parsed)):
            self.fields["spellings"] = TakenAs(
                proposed,
                label=gettext_lazy("Take as the country"),
                help_text=gettext_lazy(
                    "Untick what means another country, and mend it in the file."
                ),
            )


class DealOptionsForm(forms.Form):
    """The options of an import of deals: the currency, and spellings that mean one product."""

    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        initial=DEFAULT_CURRENCY,
        help_text=gettext_lazy("Where the file says none. Three letters, such as USD."),
    )

    def __init__(self, data: Mapping[str, Any] | None, parsed: Parsed | None) -> None:
        super().__init__(data)
        if parsed and (proposed := proposed_aliases(parsed)):
            self.fields["aliases"] = TakenAs(
                proposed,
                label=gettext_lazy("Take as the same product"),
                help_text=gettext_lazy("Untick what is a product of its own."),
            )

    def clean_currency(self) -> str:
        try:
            return currency(self.cleaned_data["currency"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
