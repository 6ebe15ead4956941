"""Territories are planned by RevOps alone: what a rep's pipeline and revenue are is nobody else's."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.deals.models import Account
from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from events.packets.territories.models import SalesTerritory
from people.accounts.models import Person


def territories_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who plans its territories.

    :raises Http404: there is none, or the person is not RevOps
    """
    if not person.is_revops:
        raise Http404
    return kickoff_or_404(person, slug)


def territory_or_404(person: Person, slug: str, territory_id: int) -> SalesTerritory:
    """
    One territory of a kickoff.

    :raises Http404: the person is not RevOps, or there is none of this kickoff
    """
    kickoff = territories_or_404(person, slug)
    territories = SalesTerritory.objects.select_related("owner__region", "owner__team")
    territory = get_object_or_404(territories, kickoff=kickoff, pk=territory_id)
    territory.kickoff = kickoff
    return territory


def account_or_404(person: Person, slug: str, account_id: int) -> tuple[Kickoff, Account]:
    """
    An account of the company, seen from a kickoff.

    :raises Http404: the person is not RevOps, or there is no such account
    """
    kickoff = territories_or_404(person, slug)
    account = get_object_or_404(Account, pk=account_id)
    return kickoff, account
