"""Territories follow the facts of accounts: a new country or segment is a change of hands too."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.territories.actions.changing import Why, changing
from events.packets.territories.models import OwnershipChange
from events.packets.territories.queries import roles_of
from people.accounts.models import Person


@contextmanager
def follow_accounts(by: Person | None, at: datetime) -> Iterator[None]:
    """Keep in the history of each kickoff that is not archived which accounts changed hands."""
    why = Why(by, at, OwnershipChange.Cause.IMPORTED, _("Accounts imported"))
    planned = Kickoff.objects.filter(territories__isnull=False).distinct()
    with ExitStack() as stack:
        for kickoff in planned.exclude(status=Kickoff.Status.ARCHIVED).order_by("pk"):
            for role, _count in roles_of(kickoff):
                stack.enter_context(changing(kickoff, role, why))
        yield
