"""Which deals to look at together: reasons in words, since no score says why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.ui.figures import day

MOST = 8  # candidates that a planner looks at
HEARD = 3  # of those whose buyer was interviewed, so many are named for that alone
RIVALS = 2  # competitors of whose deals the largest is named


@dataclass(frozen=True, slots=True)
class Deal:
    """What is known of a deal that was won or lost."""

    id: int
    name: str
    value: Decimal | None
    currency: str
    closed: date
    engaged: date | None = None
    competitor: str = ""
    segment: str = ""
    is_heard: bool = False  # its buyer was interviewed

    @property
    def days(self) -> int | None:
        """How long it took, in days."""
        return (self.closed - self.engaged).days if self.engaged else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deal, and why one would look at it."""

    deal: Deal
    why: str


def shortlist(deals: Sequence[Deal], *, won: bool) -> list[Candidate]:
    """
    The deals of one outcome that something speaks for, at most `MOST`: first those whose buyer was
    interviewed, then those that most speaks for, then the largest. Amounts are compared in the
    currency that most of the deals have.
    """
    claims: dict[int, list[str]] = defaultdict(list)
    for deal, words in _claims(deals, won=won):
        claims[deal.id].append(words)
    named = [one for one in deals if claims[one.id]]
    named.sort(key=lambda one: (not one.is_heard, -len(claims[one.id]), -(one.value or 0), one.id))
    return [Candidate(one, "; ".join(claims[one.id])) for one in named[:MOST]]


def _claims(deals: Sequence[Deal], *, won: bool) -> Iterator[tuple[Deal, str]]:
    sized = _of_one_currency(deals)
    largest = _first(sized, lambda one: one.value or 0)
    if largest:
        yield largest, _largest(largest, won=won)
    timed = [one for one in deals if one.days is not None]
    if won and (quick := _first(timed, lambda one: -(one.days or 0))):
        yield quick, _("shortest cycle, %(days)d days") % {"days": quick.days}
    if not won and (slow := _first(timed, lambda one: one.days or 0)):
        yield slow, _("longest cycle, %(days)d days") % {"days": slow.days}
    if last := _first(deals, lambda one: one.closed):
        yield last, _("closed last, %(day)s") % {"day": day(last.closed)}
    rivals = Counter(one.competitor for one in sized if one.competitor)
    for name, _count in rivals.most_common(RIVALS):
        most = _first([one for one in sized if one.competitor == name], lambda one: one.value or 0)
        if most and most is not largest:
            said = _("largest won from %(name)s") if won else _("largest lost to %(name)s")
            yield most, said % {"name": name}
    for segment in sorted({one.segment for one in sized if one.segment}):
        most = _first([one for one in sized if one.segment == segment], lambda one: one.value or 0)
        if most and most is not largest:
            yield most, _("largest of %(segment)s") % {"segment": segment}
    heard = [one for one in deals if one.is_heard]
    heard.sort(key=lambda one: (one in sized, one.value or 0, one.closed), reverse=True)
    for place, one in enumerate(heard[:HEARD]):
        if place == 0 and one in sized and one is not largest:
            yield one, _("largest with an interview")
        else:
            yield one, _("its buyer was interviewed")


def _largest(deal: Deal, *, won: bool) -> str:
    if not deal.competitor:
        return _("largest")
    said = _("largest, won from %(name)s") if won else _("largest, lost to %(name)s")
    return said % {"name": deal.competitor}


def _of_one_currency(deals: Sequence[Deal]) -> list[Deal]:
    counts = Counter(one.currency for one in deals if one.value)
    usual = [code for code, _count in counts.most_common(1)]
    return [one for one in deals if one.value and [one.currency] == usual]


def _first(deals: Sequence[Deal], by: Callable[[Deal], date | Decimal | int]) -> Deal | None:
    return max(deals, key=by, default=None)
