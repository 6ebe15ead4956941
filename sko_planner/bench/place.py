"""The company that the bench measures: seeded once, and how its pages are called."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.sessions.actions import release_agenda
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.waiting.actions import renew
from sko_planner.bench import money, timeline
from sko_planner.bench.measure import Figures, measure
from sko_planner.demo.agenda import seed_large
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.standing import CHANGED

PEOPLE, REPORTS = 5_000, 12
SEED = 7


@dataclass
class Place:
    """The seeded company: a kickoff on today with 300 sessions, and one whose 90 days run."""

    now: datetime
    rng: random.Random
    large: Kickoff
    running: Kickoff
    planner: Client
    rep: Client
    manager: Client
    loading: Figures


@dataclass(frozen=True)
class Row:
    """One thing to measure in the seeded company, and what it may take."""

    name: str
    measured: Callable[[Place], Figures]
    budget: Figures


def seed(kickoffs: Kickoffs, now: datetime, loading: Figures) -> Place:
    """The kickoffs that are measured, beside those of the demo, and who asks for their pages."""
    rng = random.Random(SEED)  # noqa: S311
    planner = Person.objects.filter(role=Person.Role.PLANNER).earliest("pk")
    people = list(Person.objects.order_by("pk"))
    zone = zone_at_ten(now)
    today = now.astimezone(zone).date()
    large = Kickoff.objects.create(
        slug="bench",
        name="Bench",
        fiscal_year="FY28",
        starts_date=today,
        ends_date=today + timedelta(days=2),
        city="Lisbon",
        time_zone=zone.key,
        status=Kickoff.Status.OPEN,
        owner=planner,
    )
    Attendee.objects.bulk_create(
        Attendee(kickoff=large, person=person, added_at=now) for person in people
    )
    seed_large(large, people, rng)
    money.seed(large, now)
    timeline.seed(large, now, rng)
    release_agenda(kickoff=large, by=planner, at=now, override_reason="measuring")
    reps = list(
        Person.objects.filter(attendances__kickoff=kickoffs.ended, attendances__kind="REP")
        .order_by("pk")[:REPORTS]
    )  # fmt: skip
    manager = reps[0].manager
    if manager is None:
        raise RuntimeError("The first rep of the demo has no manager.")
    Person.objects.filter(manager=manager).update(manager=None)
    Person.objects.filter(pk__in=[rep.pk for rep in reps]).update(manager=manager)
    return Place(
        now=now,
        rng=rng,
        large=large,
        running=kickoffs.ended,
        planner=_client(planner),
        rep=_client(reps[0]),
        manager=_client(manager),
        loading=loading,
    )


def zone_at_ten(now: datetime) -> ZoneInfo:
    """Where it is about ten, so that whenever we measure, a day has sessions behind and ahead."""
    ahead = (10 - now.hour + 12) % 24 - 12
    return ZoneInfo(f"Etc/GMT{-ahead:+d}")  # there, signs count the other way


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, name: str, kickoff: Kickoff) -> Figures:
    """One page of a kickoff, again and again: a minute after a change, when the tick has counted."""
    person = Person.objects.get(pk=client.session[SESSION_KEY])
    renew(people=[person], at=timezone.now())
    return measure(partial(get, client, reverse(name, kwargs={"slug": kickoff.slug})))


def get(client: Client, url: str) -> None:
    """:raises RuntimeError: the page is refused"""
    client.cookies.pop(CHANGED, None)  # as a minute after their last change
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}.")
