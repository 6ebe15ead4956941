"""
A number that no column can hold matches no row.

Ids come from addresses and forms, so they may have thirty digits. Django says so itself for
`field=number`, but not for `field__in=numbers` nor for a foreign key: there SQLite raises
`OverflowError`, and a page would answer 500 instead of 404.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In


def register() -> None:
    """Put the lookups in the place of Django's own, for every model."""
    IntegerField.register_lookup(IntegerIn)
    ForeignKey.register_lookup(ForeignKeyIn)
    ForeignKey.register_lookup(ForeignKeyExact)


class _Within:
    """Mixed into a lookup by several values: leaves out those that cannot be there."""

    lhs: Any
    rhs: Any
    rhs_is_direct_value: Callable[[], bool]

    def process_rhs(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        if self.rhs_is_direct_value():
            field = self.lhs.output_field
            self.rhs = [value for value in self.rhs if _fits(value, field, connection)]
        return super().process_rhs(compiler, connection)  # type: ignore[misc]


class IntegerIn(_Within, In):  # type: ignore[type-arg]
    """`field__in=numbers`."""


class ForeignKeyIn(_Within, RelatedIn):
    """`key__in=numbers`."""


class ForeignKeyExact(RelatedExact):
    """`key=number`."""

    def process_rhs(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        if not _fits(self.rhs, self.lhs.output_field, connection):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


def _fits(value: object, field: Field[Any, Any], connection: BaseDatabaseWrapper) -> bool:
    while isinstance(field, ForeignKey):
        field = field.target_field
    if not isinstance(value, int) or not isinstance(field, IntegerField):
        return True
    low, high = connection.ops.integer_field_range(field.get_internal_type())
    return low <= value <= high
