from collections.abc import Iterator

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.bets.models import BigBet
from events.kickoff.access import kickoff_to_plan_or_404, kickoffs_seen_by
from people.accounts.models import Person
from people.search.hooks import Found, Search


def bet_or_404(person: Person, slug: str, bet_id: int) -> BigBet:
    """
    A bet of this kickoff, for somebody who plans it.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    bet = get_object_or_404(BigBet, kickoff=kickoff, pk=bet_id)
    bet.kickoff = kickoff
    return bet


def find_bets(search: Search) -> Iterator[Found]:
    """Big bets of the kickoffs that a person sees: to change for planners, else to read. One query."""
    plans = search.person.is_planner
    bets = BigBet.objects.filter(kickoff__in=kickoffs_seen_by(search.person))
    bets = bets.select_related("kickoff").order_by("-kickoff__starts_date", "position", "pk")
    for bet in search.among(bets, "title"):
        slug = bet.kickoff.slug
        to_change = {"slug": slug, "bet_id": bet.pk}
        yield Found(
            kind=_("Big bets"),
            label=bet.title,
            detail=bet.kickoff.name,
            url=reverse("events:bets:edit", kwargs=to_change)
            if plans
            else reverse("events:commitments:mine", kwargs={"slug": slug}),
            icon="target",
        )
