"""Columns whose text is encrypted, so that a dump of the database shows no figure."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models


class SealedField(models.TextField[str, str]):
    """
    A token of `sealing.rules.seal`: the column of anything that holds a comp figure.

    The model around it seals and unseals in methods of its own (`write`, `read`), so that no
    list, no form and no admin page opens it by accident. Turning the key finds it by its type.
    """


class SealedBytesField(models.BinaryField[Any, Any]):
    """
    A token of `sealing.rules.seal_bytes`: the column of a file that shows comp figures.

    A third longer than the file. The model around it seals and unseals, as with `SealedField`.
    """


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every sealed column of every table."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField | SealedBytesField):
                yield model, field.name
