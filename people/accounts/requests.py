from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from people.accounts.models import Person


class AuthenticatedRequest(HttpRequest):
    """A request behind `login_required`: the user is a Person."""

    user: Person
    htmx: HtmxDetails
