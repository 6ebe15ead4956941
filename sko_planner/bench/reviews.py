"""Win/loss reviews over 8,800 deals, for what the bench measures of their pages."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.urls import reverse

from agenda.reviews import actions
from agenda.reviews.actions import Interview, Named
from agenda.reviews.models import Review
from agenda.reviews.rules.reasons import Reason, Weight
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from sko_planner.bench.measure import Figures, measure
from sko_planner.bench.place import Place, Row, get, page

DEALS, HEARD = 8_800, 60
BUDGET = Figures(queries=15, times=85, db_share=1)


def board(place: Place) -> Figures:
    """The desk with all lost deals that have both records."""
    return page(place.planner, "agenda:reviews:board", _seeded(place))


def shortlist(place: Place) -> Figures:
    """Which deals to look at."""
    kickoff = _seeded(place)
    empty = Review.objects.filter(kickoff=kickoff, deal=None).first()
    if empty is None:
        raise RuntimeError("Every place has a deal.")
    url = reverse("agenda:reviews:choose", args=[kickoff.slug, empty.pk])
    return measure(partial(get, place.planner, url))


def records(place: Place) -> Figures:
    """What rep and buyer say, 25 on a page."""
    return page(place.planner, "agenda:reviews:records", _seeded(place))


@transaction.atomic
def _seeded(place: Place) -> Kickoff:
    """A kickoff of its own that looks back on 8,800 deals, 60 of them with both records."""
    there = Kickoff.objects.filter(slug="bench-reviews").first()
    if there is not None:
        return there
    kickoff = Kickoff.objects.create(
        slug="bench-reviews",
        name="Bench of reviews",
        fiscal_year="FY28",
        starts_date=place.large.starts_date,
        ends_date=place.large.ends_date,
        time_zone=place.large.time_zone,
        owner=place.large.owner,
    )
    first, second, *_rest = Person.objects.order_by("pk")[:2]
    stages = Opportunity.Stage.LOST, Opportunity.Stage.WON
    deals = Opportunity.objects.bulk_create(
        (
            Opportunity(
                external_id=f"BENCH-R{number}",
                owner=first,
                stage=stages[number % 2],
                engage_date=kickoff.starts_date - timedelta(days=330),
                close_date=kickoff.starts_date - timedelta(days=40 + number % 200),
                value=Decimal(1000 + number),
                currency="USD",
                competitor=("", "Frostline", "Norvane")[number % 3],
                imported_at=place.now,
            )
            for number in range(DEALS)
        ),
        batch_size=1000,
    )
    by, at = kickoff.owner, place.now
    for number, deal in enumerate(deals[: HEARD * 2 : 2]):
        named = {str(list(Reason)[number % 6]): Named(Weight.MAIN)}
        said = actions.ask_rep(kickoff=kickoff, deal=deal, by=by, at=at)
        actions.write_form(statement=said, named=named, by=first, at=at)
        asked = actions.ask_interview(kickoff=kickoff, deal=deal, interviewer=second, by=by, at=at)
        held = Interview(held_date=deal.close_date or kickoff.starts_date, role="CFO")
        named = {str(list(Reason)[number % 5]): Named(Weight.MAIN)}
        actions.write_interview(statement=asked, interview=held, named=named, by=second, at=at)
    places = actions.open_places(kickoff=kickoff, by=by, at=at)
    actions.choose_deal(review=places[-1], deal=deals[0], why="largest", by=by, at=at)
    return kickoff


PAGES = (
    Row("win/loss reviews, 60 deals with both records", board, BUDGET),
    Row("shortlist of a review from 8,800 deals", shortlist, BUDGET),
    Row("records of rep and buyer, 25 of 8,800", records, BUDGET),
)
