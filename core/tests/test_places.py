import pytest
from django import forms

from core.places import TimeZoneField


class PlaceForm(forms.Form):
    zone = TimeZoneField()


def test_a_place_is_told_with_how_far_it_is_ahead():
    page = str(PlaceForm()["zone"])

    assert '<option value="Asia/Kolkata">Kolkata (UTC+5:30)</option>' in page
    assert "Calcutta" not in page


def test_a_former_name_that_somebody_has_is_kept():
    page = str(PlaceForm(initial={"zone": "Asia/Calcutta"})["zone"])

    assert '<option value="Asia/Calcutta" selected>' in page
    assert PlaceForm({"zone": "Asia/Calcutta"}).is_valid()


@pytest.mark.parametrize("wrong", ["", "Mars/Olympus", "Asia/Kolkata; drop"])
def test_no_place_of_another_name_is_taken(wrong):
    assert "zone" in PlaceForm({"zone": wrong}).errors
