"""Ids that no column can hold; asked of a table that comes with Django."""

import pytest
from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

pytestmark = pytest.mark.django_db
TOO_BIG = pytest.mark.parametrize("number", [2**63, 10**30, -(10**30)])


@TOO_BIG
@pytest.mark.parametrize("key", ["pk", "content_type", "content_type_id", "content_type__pk"])
def test_a_number_that_no_column_can_hold_matches_nothing(key, number):
    everything = Permission.objects.order_by("pk")

    assert not everything.filter(**{key: number}).exists()
    assert not everything.filter(**{f"{key}__in": [number]}).exists()
    assert list(everything.exclude(**{f"{key}__in": [number]})) == list(everything)


@TOO_BIG
def test_the_others_beside_it_are_found(number):
    one = Permission.objects.order_by("pk")[0]
    other = Permission.objects.order_by("-pk")[0]

    assert Permission.objects.in_bulk([number, one.pk]) == {one.pk: one}
    of_both = Permission.objects.filter(
        content_type__in=[one.content_type_id, number, other.content_type]
    )
    assert {one, other} <= set(of_both)


def test_the_largest_number_that_fits_is_asked_for():
    assert not Permission.objects.filter(content_type=2**63 - 1).exists()


@pytest.mark.parametrize("field", [forms.ModelChoiceField, forms.ModelMultipleChoiceField])
def test_a_form_says_that_it_is_no_choice(field):
    choice = field(Permission.objects.all())

    with pytest.raises(ValidationError):
        choice.clean(["9" * 30] if field is forms.ModelMultipleChoiceField else "9" * 30)
