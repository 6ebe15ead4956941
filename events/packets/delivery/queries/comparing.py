"""What the packets of a round are compared with: those of the kickoff before, and the plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.comp.queries import comps_of
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.exceptions import Pair
from events.packets.quotas.queries import quotas_of
from events.sealing.rules import Unreadable

LOOKED_BACK = timedelta(days=550)  # a kickoff is about once a year
# Of a person: the currency, then quota and target variable
Told = Mapping[int, tuple[str, Pair]]


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Quota and variable of reps last year, and as quota plan and comp plan give them now."""

    last_year: Kickoff | None
    last: Told = field(default_factory=dict)
    plan: Told = field(default_factory=dict)

    def last_of(self, rep_id: int, currency: str) -> Pair | None:
        """Nothing where it was in another currency: a rate would tell of itself."""
        return _in(self.last, rep_id, currency)

    def plan_of(self, rep_id: int, currency: str) -> Pair | None:
        return _in(self.plan, rep_id, currency)


@sensitive_variables()
def comparison_of(kickoff: Kickoff, versions: Sequence[PacketVersion]) -> Comparison:
    """What some versions are compared with. Opens figures; 15 queries at most, however many."""
    reps = [version.packet.rep_id for version in versions]
    last_year, last = _last_year(kickoff, reps)
    return Comparison(last_year, last, _plan(kickoff, versions))


@sensitive_variables()
def _last_year(
    kickoff: Kickoff, reps: Collection[int]
) -> tuple[Kickoff | None, dict[int, tuple[str, Pair]]]:
    """
    What opens of their packets in force at the kickoff of the year before: of those that had any,
    the one with the most of these reps, the latest of equals.
    """
    starts = kickoff.starts_date
    before = PacketVersion.objects.in_force().filter(
        packet__kickoff__ends_date__range=(starts - LOOKED_BACK, starts - timedelta(days=1)),
        packet__rep__in=reps,
        shredded_at=None,
    )
    held = Kickoff.objects.filter(packets__versions__in=before).annotate(held=Count("packets"))
    latest = held.order_by("-held", "-ends_date", "-pk").first()
    if latest is None:
        return None, {}
    found = {}
    for version in before.filter(packet__kickoff=latest).select_related("packet"):
        try:
            content = version.read()
        except Unreadable:
            continue
        pair = (content.quota.amount, content.comp.target_variable)
        found[version.packet.rep_id] = (content.currency, pair)
    return latest, found


@sensitive_variables()
def _plan(kickoff: Kickoff, versions: Sequence[PacketVersion]) -> dict[int, tuple[str, Pair]]:
    """What the plans give the same people now, where both say it in one currency."""
    currencies = {version.packet.rep_id: version.currency for version in versions}
    try:
        comps = comps_of(kickoff, list(currencies))
        quotas = quotas_of(kickoff, list(currencies), currencies)
    except Unreadable:
        return {}
    return {
        rep_id: (offer.currency, (offer.quota.amount, comps[rep_id].comp.target_variable))
        for rep_id, offer in quotas.items()
        if rep_id in comps and comps[rep_id].currency == offer.currency
    }


def _in(told: Told, rep_id: int, currency: str) -> Pair | None:
    code, pair = told.get(rep_id, ("", None))
    return pair if code == currency else None
