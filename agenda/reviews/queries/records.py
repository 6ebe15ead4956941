"""What rep and buyer say of deals, side by side, and over all of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from agenda.reviews.models import DECIDED_WITHIN, Review, Side, StatedReason, Statement
from agenda.reviews.rules import reasons
from agenda.reviews.rules.reasons import Gap, Reason, Weight
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff

Where = Literal["desk", "room", "paper"]  # who reads: those who prepare, the room, a page

_SHAPES = {Weight.MAIN: "primary", Weight.ALSO: "part", Weight.NOT: "wait"}


def name_of(deal: Opportunity) -> str:
    """What a deal is called: its account, or its id where the CRM has none."""
    return deal.account.name if deal.account else deal.external_id


def decided(kickoff: Kickoff) -> QuerySet[Opportunity]:
    """Deals that were won or lost in the year before a kickoff, or while it ran."""
    return Opportunity.objects.filter(
        stage__in=[Opportunity.Stage.WON, Opportunity.Stage.LOST],
        close_date__gt=since(kickoff),
        close_date__lte=kickoff.ends_date,
    )


def since(kickoff: Kickoff) -> date:
    """The last day that a kickoff does not look back on."""
    return kickoff.starts_date - DECIDED_WITHIN


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side says of one reason: `shape` is empty where it did not name it."""

    shape: str = ""
    words: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A reason, by rep and buyer; `differs` where it is the buyer's main reason and not the rep's."""

    reason: str
    name: str
    rep: Cell
    buyer: Cell
    differs: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What rep and buyer say of one deal. `truth` is the buyer's main reason."""

    rep: Statement | None
    buyer: Statement | None
    headline: str
    lines: Sequence[Line]
    answers: Sequence[tuple[str, str]]
    truth: str
    truth_words: str
    is_quoted: bool
    days: int | None
    warning: str

    @property
    def has_both(self) -> bool:
        return bool(self.rep and self.buyer)


def records_of(deal_ids: Iterable[int | None]) -> Mapping[tuple[int, str], Statement]:
    """The records of some deals, asked for or written, by deal and side. Two queries."""
    found = (
        Statement.objects.filter(deal__in=[pk for pk in deal_ids if pk])
        .select_related("person")
        .prefetch_related("reasons")
    )
    return {(one.deal_id, one.side): one for one in found}


def compare(
    deal: Opportunity, records: Mapping[tuple[int, str], Statement], where: Where
) -> Compared:
    """
    Two records of a deal as a place may read them: at a desk all that is kept, in the room and on
    paper no word of a buyer that they did not agree to. No query.
    """
    won = deal.stage == Opportunity.Stage.WON
    rep, buyer = (_written(records.get((deal.pk, side))) for side in (Side.REP, Side.BUYER))
    is_quoted = bool(buyer and _may(buyer, where))
    of_rep = _cells(rep, with_words=True)
    of_buyer = _cells(buyer, with_words=is_quoted)
    rep_main, truth = (one.main if one else "" for one in (rep, buyer))
    days = reasons.days_after(deal.close_date, buyer.held_date if buyer else None)
    return Compared(
        rep=rep,
        buyer=buyer,
        headline=reasons.headline(rep_main, truth, won=won),
        lines=[
            Line(
                one,
                reasons.label(one, won=won),
                of_rep.get(one, Cell()),
                of_buyer.get(one, Cell()),
                differs=bool(rep) and one == truth != rep_main,
            )
            for one in Reason
            if one != Reason.UNKNOWN or one in (rep_main, truth)
        ],
        answers=buyer.answers if buyer and is_quoted else [],
        truth=truth,
        truth_words=reasons.label(truth, won=won) if truth else "",
        is_quoted=is_quoted,
        days=days,
        warning=reasons.warn_late(days),
    )


def _written(found: Statement | None) -> Statement | None:
    return found if found and found.written_at else None


def _may(buyer: Statement, where: Where) -> bool:
    return {"desk": True, "room": buyer.may_room, "paper": buyer.may_paper}[where]


def _cells(said: Statement | None, *, with_words: bool) -> dict[str, Cell]:
    if said is None:
        return {}
    return {
        one.reason: Cell(
            _SHAPES[Weight(one.weight)],
            str(reasons.WEIGHTS[Weight(one.weight)]),
            one.quote if with_words else "",
        )
        for one in said.reasons.all()
    }


@dataclass(frozen=True, slots=True)
class Overall:
    """All lost deals of the year with both records; `gaps` is empty where they are too few."""

    deals: int
    gaps: Sequence[Gap]
    agreed: int
    finding: str
    since: date

    @property
    def is_few(self) -> bool:
        return self.deals < reasons.MANY


def overall(kickoff: Kickoff) -> Overall:
    """The main reasons of reps and of buyers over all lost deals with both. One query."""
    lost = decided(kickoff).filter(stage=Opportunity.Stage.LOST)
    mains: dict[int, dict[str, str]] = defaultdict(dict)
    named = StatedReason.objects.filter(
        weight=Weight.MAIN, statement__deal__in=lost, statement__written_at__isnull=False
    )
    for deal_id, side, reason in named.order_by().values_list(
        "statement__deal", "statement__side", "reason"
    ):
        mains[deal_id][side] = reason
    pairs = [(one[Side.REP], one[Side.BUYER]) for one in mains.values() if len(one) == len(Side)]
    if len(pairs) < reasons.FEWEST:
        finding = _("Too few lost deals to say") if pairs else _("Nothing to compare yet")
        return Overall(len(pairs), [], 0, finding, since(kickoff))
    return Overall(
        len(pairs),
        reasons.gaps(pairs),
        reasons.agreed(pairs),
        reasons.finding(pairs),
        since(kickoff),
    )


def was_shown(statement: Statement) -> bool:
    """Whether a room has read what the buyer of a deal said. One query."""
    return Review.objects.filter(deal=statement.deal_id, buyer_at__isnull=False).exists()


def heard_deals(kickoff: Kickoff) -> list[Opportunity]:
    """Deals of the year of which rep or buyer has said something, the latest first. One query."""
    said = Statement.objects.filter(deal=OuterRef("pk")).written()
    found = decided(kickoff).filter(Exists(said)).select_related("account")
    return list(found.order_by("-close_date", "pk"))


def with_records(kickoff: Kickoff) -> QuerySet[Opportunity]:
    """
    Decided deals with what rep and buyer name as their main reason, and whether they were asked:
    `rep_says`, `buyer_says`, `rep_asked`, `interviewer`.
    """
    of_deal = Statement.objects.filter(deal=OuterRef("pk"))
    main = StatedReason.objects.filter(
        weight=Weight.MAIN,
        statement__deal=OuterRef("pk"),
        statement__written_at__isnull=False,
    )
    return (
        decided(kickoff)
        .select_related("account", "owner")
        .annotate(
            rep_says=Subquery(main.filter(statement__side=Side.REP).values("reason")[:1]),
            buyer_says=Subquery(main.filter(statement__side=Side.BUYER).values("reason")[:1]),
            rep_asked=Exists(of_deal.filter(side=Side.REP)),
            interviewer=Subquery(of_deal.filter(side=Side.BUYER).values("person__full_name")[:1]),
        )
    )


MISSING = {
    "both": Q(rep_says__isnull=False, buyer_says__isnull=False),
    "rep": Q(rep_says=None),
    "buyer": Q(buyer_says=None),
}
