from django.shortcuts import get_object_or_404

from events.bets.models import BigBet
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person


def bet_or_404(person: Person, slug: str, bet_id: int) -> BigBet:
    """
    A bet of this kickoff, for somebody who plans it.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    bet = get_object_or_404(BigBet, kickoff=kickoff, pk=bet_id)
    bet.kickoff = kickoff
    return bet
