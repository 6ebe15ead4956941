"""Amounts and percentages as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.currencies import is_currency
from core.imports.amounts import amount as parse_amount
from events.packets.comp.rules.payout import plain

LARGEST = Decimal(10) ** 13
WHOLE = Decimal(100)
_PARTS = re.compile(r"[;,\s]+")


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


class SharesField(forms.CharField):
    """Percentages as a list, 25, 25, 25, 25; stored as shares of one."""

    def __init__(self, *, least: int = 0, most: int = 100, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)
        self.least, self.most = least, most

    def prepare_value(self, value: Any) -> Any:
        return written_shares(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        text = super().clean(value).replace("%", "")
        return tuple(self._share(part) for part in _PARTS.split(text) if part)

    def _share(self, part: str) -> Decimal:
        if not re.fullmatch(r"[-−]?\d{1,3}(\.\d{1,3})?", part):
            raise ValidationError(
                _("“%(part)s” is no percentage. Write them as 25, 25, 30, 20."),
                params={"part": part[:20]},
            )
        percent = Decimal(part.replace("−", "-"))
        if not self.least <= percent <= self.most:
            raise ValidationError(
                _("Each percentage lies between %(least)d and %(most)d."),
                params={"least": self.least, "most": self.most},
            )
        return percent / WHOLE


def written_shares(shares: Sequence[Decimal]) -> str:
    """Shares as the field takes them: 0.25 is 25."""
    return ", ".join(plain(Decimal(share) * WHOLE) for share in shares)


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
    return Decimal(plain(value))
