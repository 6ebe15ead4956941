"""The reviews of a kickoff as those see them who prepare them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from agenda.insights.queries import InWords, in_words
from agenda.reviews.models import Outcome, PrepStep, Review, Side, Statement, Theme
from agenda.reviews.queries.records import decided, name_of
from agenda.reviews.rules.shortlist import Candidate, Deal, shortlist
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff

LOOKED_AT = 200  # the largest of an outcome
FOUND = 20


def places(kickoff: Kickoff) -> list[Review]:
    """Each review with its deal, its session and its steps. Two queries."""
    steps = Prefetch("steps", PrepStep.objects.select_related("owner"))
    found = kickoff.reviews.select_related("deal__account", "deal__owner", "session")
    rows = list(found.prefetch_related(steps))
    for row in rows:
        row.kickoff = kickoff
    return rows


def candidates(review: Review) -> list[Candidate]:
    """
    Deals for a review's place, with reasons: the shortlist of the largest that ended so within the
    year, and of all whose buyer was interviewed, but what has a review here or had one before. Two
    queries.
    """
    rows = _free(review)
    largest = rows.order_by(F("value").desc(nulls_last=True), "pk")[:LOOKED_AT]
    heard = rows.filter(_heard())[:LOOKED_AT]
    deals = {one.pk: one for one in [*largest, *heard]}
    return shortlist([_deal(one) for one in deals.values()], won=review.is_won)


def found_deals(review: Review, text: str) -> list[Deal]:
    """Deals for a review's place by account, rep or id, the largest first. One query."""
    wanted = (
        Q(account__name__icontains=text)
        | Q(owner__full_name__icontains=text)
        | Q(external_id__iexact=text)
    )
    rows = _free(review).filter(wanted).order_by(F("value").desc(nulls_last=True), "pk")
    return [_deal(one) for one in rows[:FOUND]]


def has_deals(kickoff: Kickoff) -> bool:
    """Whether any deal was decided that a kickoff looks back on. One query."""
    return decided(kickoff).exists()


def why_chosen(review: Review, deal: Opportunity) -> str:
    """What the shortlist says for a deal; what a planner says who found it otherwise."""
    said = {one.deal.id: one.why for one in candidates(review)}
    return said.get(deal.pk, _("chosen by hand"))


def deal_for(review: Review, deal_id: int) -> Opportunity | None:
    """A deal that could have the place of a review. One query."""
    found = _free(review).filter(pk=deal_id)
    return found.first()


def _free(review: Review) -> QuerySet[Opportunity]:
    taken = Review.objects.chosen().values("deal")
    return (
        decided(review.kickoff)
        .filter(stage=review.outcome)
        .exclude(pk__in=taken)
        .select_related("account", "owner")
        .annotate(is_heard=_heard())
    )


def _heard() -> Exists:
    """Whether the buyer of a deal was interviewed, and stands by it."""
    held = Statement.objects.filter(deal=OuterRef("pk"), withdrawn_at=None)
    return Exists(held.of_buyers().written())


def _deal(row: Opportunity) -> Deal:
    assert row.close_date  # noqa: S101  (decided within a year)
    return Deal(
        id=row.pk,
        name=name_of(row),
        value=row.value,
        currency=row.currency,
        closed=row.close_date,
        engaged=row.engage_date,
        competitor=row.competitor,
        segment=row.account.segment if row.account else "",
        is_heard=getattr(row, "is_heard", False),
    )


@dataclass(frozen=True, slots=True)
class Mix:
    """How many deals were chosen, by how they ended."""

    won: int
    lost: int

    @property
    def is_met(self) -> bool:
        """Two wins and one loss at least."""
        return self.won >= 2 and self.lost >= 1

    @property
    def words(self) -> str:
        return _("%(won)d won and %(lost)d lost") % {"won": self.won, "lost": self.lost}


def mix_of(reviews: Sequence[Review]) -> Mix:
    """How many of some reviews have a deal. No query."""
    chosen = [one.outcome for one in reviews if one.deal_id]
    return Mix(chosen.count(Outcome.WON), chosen.count(Outcome.LOST))


@dataclass(frozen=True, slots=True)
class Missing:
    """A record that a review still lacks: whose, and since when it was asked for."""

    review: Review
    side: str
    asked: Statement | None


def missing(
    reviews: Sequence[Review], records: Mapping[tuple[int, str], Statement]
) -> list[Missing]:
    """The records that chosen reviews lack. No query."""
    found = []
    for review in reviews:
        for side in Side.values if review.deal_id else ():
            asked = records.get((review.deal_id or 0, side))
            if asked is None or asked.written_at is None:
                found.append(Missing(review, side, asked))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A theme with how many deals say it, and where the insight stands that it became."""

    theme: Theme
    deals: int
    insight: InWords | None


def themes_of(kickoff: Kickoff, at: datetime) -> list[Told]:
    """What several deals say together. Two queries."""
    return _told(Theme.objects.filter(kickoff=kickoff), at)


def themes_in(review: Review, at: datetime) -> list[Told]:
    """The themes that a review's deal says too. Two queries."""
    own = Theme.objects.filter(kickoff=review.kickoff_id, deals=review.deal_id)
    return _told(Theme.objects.filter(pk__in=own.values("pk")), at)


def _told(themes: QuerySet[Theme], at: datetime) -> list[Told]:
    rows = list(themes.select_related("topic").annotate(said_by=Count("deals")))
    words = in_words([row.insight_id for row in rows if row.insight_id], at)
    return [Told(row, row.said_by, words.get(row.insight_id or 0)) for row in rows]
