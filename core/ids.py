"""
The numbers of rows, as addresses and forms say them.

They may have thirty digits. SQLite raises `OverflowError` for a number that no column can hold, and
a page would answer 500: such a number is nobody's, so an address with it is none, and a form says
that it is no choice.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls.converters import IntConverter

from core.numbers import whole_number

LARGEST = 2**63 - 1


class IdConverter(IntConverter):
    """`<id:bet_id>` in an address."""

    def to_python(self, value: str) -> int:
        if (number := int(value)) > LARGEST:
            raise ValueError
        return number


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Several rows to choose from."""

    def clean(self, value: Any) -> Any:
        for one in value or ():
            if whole_number(str(one)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": one},
                )
        return super().clean(value)
