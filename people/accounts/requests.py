import time
from typing import cast

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from people.accounts.models import Person


class AuthenticatedRequest(HttpRequest):
    """A request behind `login_required`: the user is a Person."""

    user: Person
    htmx: HtmxDetails


def has_lately_confirmed(request: HttpRequest) -> bool:
    """
    Whether somebody has said lately that it is them: by their password, asked for once more, or,
    where they have none, by a code that they signed in with. Within five minutes.
    """
    person = request.user
    if not person.is_authenticated:
        return False
    if person.has_usable_password():
        return bool(did_recently_reauthenticate(request))
    # allauth takes whoever has no password for confirmed, for as long as the session lasts
    records = get_authentication_records(request, person)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def person_of(request: Request) -> Person:
    """Who asks the API: every view of it requires a signed-in person."""
    return cast(Person, request.user)
