"""Fields of a form as the kind that they were declared as: `form.fields` knows them all as fields."""

from typing import Any, cast

from django.forms import BaseForm, ChoiceField, ModelChoiceField


def choice_field(form: BaseForm, name: str) -> ChoiceField:
    """A field with choices, to give it those of this moment."""
    return cast(ChoiceField, form.fields[name])


def model_field(form: BaseForm, name: str) -> "ModelChoiceField[Any]":
    """A field that chooses a row, to give it the rows of this kickoff."""
    return cast("ModelChoiceField[Any]", form.fields[name])
