"""
Names and addresses in tables and forms: what nobody sees, and double spaces, are neither stored nor
searched for.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.db.models.lookups import IExact

from core.finding import NAMES
from core.keys import bare, seen

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
    _Address = models.EmailField[str, str]
else:
    _Text, _Address = models.CharField, models.EmailField


class AddressInput(forms.EmailField):
    """An e-mail address in a form, as it was typed or copied."""

    def to_python(self, value: Any) -> str:
        return bare(super().to_python(value) or "")


def _name(text: str) -> str:
    return " ".join(seen(text).split())


class _Cleaned:
    """
    Mixed into a column of text: cleans what is saved, in bulk too, and what is looked for.

    In migrations it is Django's own column, since the table is the same.
    """

    def to_python(self, value: Any) -> Any:
        return self.cleaned(super().to_python(value))  # type: ignore[misc]  # of the column it is mixed into

    def get_prep_value(self, value: Any) -> Any:
        return self.cleaned(super().get_prep_value(value))  # type: ignore[misc]  # of the column it is mixed into

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.cleaned(super().pre_save(instance, add))  # type: ignore[misc]  # of the column it is mixed into
        setattr(instance, self.attname, value)  # type: ignore[attr-defined]  # of the column it is mixed into
        return value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]  # of the column it is mixed into
        return name, f"django.db.models.{self.django_name}", args, kwargs

    def cleaned(self, value: Any) -> Any:
        return self.sign_by_sign(value) if isinstance(value, str) else value

    django_name = "CharField"
    sign_by_sign = staticmethod(_name)


class NameField(_Cleaned, _Text):
    """What somebody or something is called: in order as people look it up, Óscar among the O."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"db_collation": NAMES, **options})


class IdField(_Cleaned, _Text):
    """What another system calls somebody or something."""

    sign_by_sign = staticmethod(bare)


class AddressField(_Cleaned, _Address):
    """An e-mail address."""

    django_name = "EmailField"
    sign_by_sign = staticmethod(bare)

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": AddressInput, **options})


class _SameName(IExact):
    """`field__iexact=text`, the text cleaned as what is stored."""

    prepare_rhs = True


for _field in (NameField, IdField, AddressField):
    _field.register_lookup(_SameName)
