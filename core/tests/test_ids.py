"""Ids that no column can hold; asked of a table that comes with Django."""

import pytest
from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from core.ids import LARGEST, IdConverter, RowsField

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("digits", [str(LARGEST + 1), "9" * 30, "9" * 5000])
def test_an_address_with_a_number_that_no_column_can_hold_is_none(digits):
    with pytest.raises(ValueError, match=r"^$|limit"):
        IdConverter().to_python(digits)


@pytest.mark.parametrize("number", [0, 42, LARGEST])
def test_the_largest_number_that_fits_is_asked_for(number):
    assert IdConverter().to_python(str(number)) == number
    assert not Permission.objects.filter(content_type=LARGEST).exists()


@pytest.mark.parametrize("field", [forms.ModelChoiceField, RowsField])
def test_a_form_says_that_it_is_no_choice(field):
    choice = field(Permission.objects.all())

    for text in ("9" * 30, "-1", "x"):
        with pytest.raises(ValidationError) as refusal:
            choice.clean([text] if field is RowsField else text)
        assert refusal.value.code == "invalid_choice"


def test_a_form_takes_the_rows_that_are_there():
    one, other = Permission.objects.order_by("pk")[:2]

    chosen = RowsField(Permission.objects.all()).clean([str(one.pk), str(other.pk)])

    assert set(chosen) == {one, other}
