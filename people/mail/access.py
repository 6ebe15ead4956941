from django.conf import settings
from django.http import Http404

from people.accounts.models import Person


def outbox_or_404(person: Person) -> None:
    """
    The gate of the outbox.

    :raises Http404: the person is no planner
    """
    if not person.is_planner:
        raise Http404


def filed_mails_or_404(person: Person) -> None:
    """
    The gate of the mails that stay on somebody's own machine, sign-in codes included.

    :raises Http404: this is no machine of one's own, or the person is no planner
    """
    if not settings.DEBUG:
        raise Http404
    outbox_or_404(person)
