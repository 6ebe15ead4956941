"""One rep's content from its parts: territory, quota and comp plan, for the days that they are there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.views.decorators.debug import sensitive_variables

from core.currencies import digits
from events.packets.comp.rules.comp import Comp, CompOffer
from events.packets.comp.rules.proration import prorated
from events.packets.delivery.rules.content import Content, FullYear, Identity
from events.packets.quotas.rules.quota import Quota, QuotaOffer
from events.packets.territories.rules.territory import Territory


class Lack(StrEnum):
    """What keeps a packet from being drafted. TERRITORY alone does not: it keeps it a draft."""

    TERRITORY = "TERRITORY"
    QUOTA = "QUOTA"
    COMP = "COMP"
    CURRENCY = "CURRENCY"
    DATES = "DATES"


@dataclass(frozen=True, slots=True, repr=False)
class Joined:
    """The content, if there is enough to draft one, and all that is lacking."""

    content: Content | None
    lacks: tuple[Lack, ...]


@sensitive_variables()
def join(
    identity: Identity,
    territory: Territory | None,
    quota: QuotaOffer | None,
    comp: CompOffer | None,
) -> Joined:
    """
    What a packet says of somebody, or what it lacks to be drafted.

    Base and target variable are prorated by the same days as the quota, rounded once, half up, to
    the decimals of the currency; what the full year would hold is kept beside them.
    """
    lacks = [] if territory and not territory.is_empty else [Lack.TERRITORY]
    if quota is None:
        lacks.append(Lack.QUOTA)
    if comp is None:
        lacks.append(Lack.COMP)
    if quota is None or comp is None:
        return Joined(None, tuple(lacks))
    there = _there(quota.quota)
    starts, ends = max(comp.starts, there[0]), min(comp.ends, there[1])
    if quota.currency != comp.currency:
        lacks.append(Lack.CURRENCY)
    # What is asked for on days without a plan would never be paid
    if (starts, ends) != there:
        lacks.append(Lack.DATES)
    if {Lack.CURRENCY, Lack.DATES}.intersection(lacks):
        return Joined(None, tuple(lacks))
    content = Content(
        currency=comp.currency,
        effective_from=starts,
        effective_to=ends,
        identity=identity,
        territory=territory or Territory(),
        quota=_cut(quota.quota, starts, ends),
        comp=_for_share(comp, quota.share),
        full_year=_full_year(comp.comp, quota),
    )
    return Joined(content, tuple(lacks))


def _there(quota: Quota) -> tuple[date, date]:
    """The first and the last day that a quota is for."""
    if quota.origin is not None:
        return quota.origin.present_from, quota.origin.present_to
    return quota.periods[0].starts, quota.periods[-1].ends


def _cut(quota: Quota, starts: date, ends: date) -> Quota:
    """The quota without the periods before somebody comes and after they leave."""
    periods = tuple(
        replace(period, starts=max(period.starts, starts), ends=min(period.ends, ends))
        for period in quota.periods
        if period.starts <= ends and period.ends >= starts
    )
    return replace(quota, periods=periods)


def _for_share(part: CompOffer, share: Decimal) -> Comp:
    places = digits(part.currency)
    return replace(
        part.comp,
        base=prorated(part.comp.base, share, digits=places),
        target_variable=prorated(part.comp.target_variable, share, digits=places),
    )


def _full_year(comp: Comp, part: QuotaOffer) -> FullYear | None:
    origin = part.quota.origin
    if origin is None or not origin.is_prorated:
        return None
    return FullYear(
        origin.days, origin.year_days, origin.full_year, comp.base, comp.target_variable
    )
