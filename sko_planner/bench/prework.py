"""Twelve assignments of 5,000 people, for what the bench measures of their boards."""

from datetime import timedelta
from functools import partial

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.urls import reverse

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem
from events.strategies.actions import choose_deals
from people.accounts.models import Person
from sko_planner.bench.measure import Figures, measure
from sko_planner.bench.place import Place, Row, get, page

ASSIGNMENTS = 12
BOARD = Figures(queries=15, times=60, db_share=1)


def board(place: Place) -> Figures:
    """The planner's board."""
    return page(place.planner, "events:prework:board", _seeded(place))


def people(place: Place) -> Figures:
    """Everybody by name, 25 on a page."""
    return page(place.planner, "events:prework:people", _seeded(place))


def missing(place: Place) -> Figures:
    """Who has one of the assignments, 50 on a page."""
    kickoff = _seeded(place)
    one = kickoff.assignments.earliest("due_at")
    url = reverse("events:prework:missing", args=[kickoff.slug, one.pk])
    return measure(partial(get, place.planner, url))


def strategy(place: Place) -> Figures:
    """A rep's own win strategy, as they write it."""
    before = place.now - timedelta(days=30)
    rep = Person.objects.get(pk=place.rep.session[SESSION_KEY])
    assignment = Assignment.objects.create(
        kickoff=place.large,
        kind=Assignment.Kind.STRATEGY,
        title="Win strategy",
        due_date=place.now.date(),
        due_at=place.now + timedelta(days=1),
        published_at=before,
        created_at=before,
    )
    item = PreworkItem.objects.create(assignment=assignment, person=rep, assigned_at=before)
    [one] = choose_deals(item_id=item.pk, deal_ids=[], account="Acme", by=rep, at=place.now)
    url = reverse("events:strategies:edit", args=[place.large.slug, item.pk, one.pk])
    return measure(partial(get, place.rep, url))


@transaction.atomic
def _seeded(place: Place) -> Kickoff:
    """
    A kickoff of its own, in which everybody has each assignment: a half is done, and three are due
    already. People do not see it, so that it waits for nobody.
    """
    there = Kickoff.objects.filter(slug="bench-prework").first()
    if there is not None:
        return there
    large, before = place.large, place.now - timedelta(days=30)
    kickoff = Kickoff.objects.create(
        slug="bench-prework",
        name="Bench of pre-work",
        fiscal_year="FY28",
        starts_date=large.starts_date,
        ends_date=large.ends_date,
        time_zone=large.time_zone,
        owner=large.owner,
    )
    seats = Attendee.objects.filter(kickoff=large).order_by("pk").values_list("person", flat=True)
    everybody = list(seats)
    Attendee.objects.bulk_create(
        Attendee(kickoff=kickoff, person_id=person, added_at=before) for person in everybody
    )
    kinds = Assignment.Kind.READ, Assignment.Kind.WATCH, Assignment.Kind.SUBMIT
    for number in range(ASSIGNMENTS):
        due_at = place.now + timedelta(days=number - 3)
        assignment = Assignment.objects.create(
            kickoff=kickoff,
            kind=kinds[number % 3],
            title=f"Assignment {number}",
            minutes=15,
            due_date=due_at.date(),
            due_at=due_at,
            published_at=before,
            created_at=before,
        )
        PreworkItem.objects.bulk_create(
            (
                PreworkItem(
                    assignment=assignment,
                    person_id=person,
                    assigned_at=before,
                    state=PreworkItem.State.DONE if is_done else PreworkItem.State.OPEN,
                    done_at=place.now if is_done else None,
                )
                for number_of_person, person in enumerate(everybody)
                for is_done in [(number_of_person + number) % 2]
            ),
            batch_size=1000,
        )
    return kickoff


PAGES = (
    Row("board of 12 assignments, 5,000 people", board, BOARD),
    Row("pre-work by person, 25 of 5,000", people, BOARD),
    Row("one assignment, 50 of 5,000", missing, BOARD),
    Row("a win strategy, as its rep writes it", strategy, BOARD),
)
