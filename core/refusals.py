"""What an action refuses, shown to the person in its own words, so that every view does it alike."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest


@contextmanager
def told_on(request: HttpRequest, *refusals: type[Exception]) -> Iterator[None]:
    """End the block at a refusal, and say it on the next page."""
    try:
        yield
    except refusals as refusal:
        messages.error(request, str(refusal))


@contextmanager
def told_in(form: BaseForm, *refusals: type[Exception], field: str | None = None) -> Iterator[None]:
    """End the block at a refusal, and say it above the form, or beside one of its fields."""
    try:
        yield
    except refusals as refusal:
        form.add_error(field, str(refusal))
