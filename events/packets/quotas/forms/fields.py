"""Percentages as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.packets.comp.rules.payout import plain

WHOLE = Decimal(100)
_PARTS = re.compile(r"[;,\s]+")


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
