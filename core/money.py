"""Amounts and currencies in forms, as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.currencies import is_currency
from core.imports.amounts import amount as parse_amount

LARGEST = Decimal(10) ** 13


class AmountField(forms.CharField):
    """A sum as people write it: 900000, 900,000 or 900 000.50; never negative."""

    def __init__(self, *, above_zero: bool = False, **options: Any) -> None:
        options.setdefault("max_length", 40)
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)
        self.above_zero = above_zero

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_amount(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if found < 0 or (self.above_zero and not found):
            raise ValidationError(
                _("Write an amount above zero.") if self.above_zero else _("Never negative.")
            )
        if found > LARGEST:
            raise ValidationError(_("This is too large."))
        return found


def clean_currency(text: str) -> str:
    """
    A code of ISO 4217 in capitals.

    :raises ValidationError: it is none
    """
    code = text.strip().upper()
    if not is_currency(code):
        raise ValidationError(_("Write a currency by its three letters, such as EUR."))
    return code


def short(value: Decimal) -> Decimal:
    """A figure without the zeros that the database pads with."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
