"""Fields for shares, rates and amounts, as people type them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.currencies import is_currency
from core.imports.amounts import amount
from events.packets.comp.rules import rows

HUNDRED = Decimal(100)
MOST_PLACES = 6


class FigureField(forms.Field):
    """A figure of zero or more with a point for decimals; `most` is the largest that is taken."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    sign = ""

    def __init__(self, *, most: Decimal | int = 1000, **options: Any) -> None:
        super().__init__(**options)
        self.most = Decimal(most)

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip().removesuffix(self.sign).strip()
        if not text:
            return None
        try:
            figure = Decimal(text) if len(text) < 20 else Decimal("NaN")
        except InvalidOperation:
            figure = Decimal("NaN")
        if not figure.is_finite() or "e" in text.lower():
            raise ValidationError(_("“%(text)s” is no number.") % {"text": text[:20]})
        exponent = figure.as_tuple().exponent
        if not 0 <= figure <= self.most or -int(exponent) > MOST_PLACES:
            raise ValidationError(_("Give a number from 0 to %(most)s.") % {"most": self.most})
        return figure


class PercentField(FigureField):
    """A share: people type percents, 62.5 or 62.5%, and the form gives 0.625."""

    sign = "%"

    def to_python(self, value: Any) -> Decimal | None:
        figure = super().to_python(value)
        return None if figure is None else figure / HUNDRED


class AmountField(forms.Field):
    """An amount of money as people write it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return rows.amount(amount(text))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class CurrencyField(forms.CharField):
    """A currency of ISO 4217, in capitals or not."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 3)
        options.setdefault("widget", forms.TextInput(attrs={"autocapitalize": "characters"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        code = str(super().to_python(value)).upper()
        if code and not is_currency(code):
            raise ValidationError(_("Write a currency of ISO 4217, such as EUR."))
        return code
