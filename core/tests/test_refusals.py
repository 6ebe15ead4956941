import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage

from core.refusals import told_in, told_on


class Refused(Exception):
    pass


def test_a_refusal_is_said_on_the_next_page(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)

    with told_on(request, Refused):
        raise Refused("Too late.")

    assert [(said.level_tag, said.message) for said in get_messages(request)] == [
        ("error", "Too late.")
    ]


def test_a_refusal_is_said_above_the_form():
    form = forms.Form({})

    with told_in(form, Refused, KeyError):
        raise Refused("Too late.")

    assert form.non_field_errors() == ["Too late."]


def test_a_refusal_is_said_beside_the_field_that_it_is_about():
    class NameForm(forms.Form):
        name = forms.CharField()

    form = NameForm({"name": "Tejo"})

    with told_in(form, Refused, field="name"):
        raise Refused("There is one already.")

    assert form.errors == {"name": ["There is one already."]}


def test_what_is_no_refusal_goes_on():
    with pytest.raises(ValueError, match="broken"), told_in(forms.Form({}), Refused):
        raise ValueError("broken")
