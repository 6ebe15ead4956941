from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from people.accounts.models import Person


class AuthenticatedRequest(HttpRequest):
    """A request behind `login_required`: the user is a Person."""

    user: Person
    htmx: HtmxDetails


def person_of(request: Request) -> Person:
    """Who asks the API: every view of it requires a signed-in person."""
    return cast(Person, request.user)
