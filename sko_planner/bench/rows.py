"""What `make bench` measures, each with its budget; seeds its own company first."""

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count, cycle

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Session
from agenda.sessions.queries.draft import draft_of
from core.due.ticks import run_tick
from core.imports.mapping import guess_columns
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.attendance.actions import ROSTER_FIELDS, import_roster
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from reinforcement.touches.models import Touch
from sko_planner.bench import letters
from sko_planner.bench.measure import Figures, Result, measure, measure_once
from sko_planner.demo import load as demo
from sko_planner.demo.agenda import seed_large
from sko_planner.demo.kickoffs import Kickoffs

PEOPLE, TOUCHES, REPORTS = 5_000, 1_000, 12
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


def every_row() -> Iterator[Result]:
    """Seed, then measure one thing after the other."""
    now = timezone.now()
    made: list[tuple[object, Kickoffs]] = []
    load = partial(demo.load, PEOPLE, SEED, now)
    loading = measure_once(lambda: made.append(load()), things=PEOPLE)
    yield Result("load_demo, 5,000 people", loading, Figures(p50_ms=60_000))
    place = _seed(made[0][1], now)
    for name, measured, budget in _pages(place):
        yield Result(name, measured(), budget)
    yield from letters.rows(now, place.large.owner)
    yield Result("tick that sends 1,000 due touches", _tick(place), Figures(p50_ms=10_000))
    yield Result("import of a 5,000-row roster", _import(place), Figures(p50_ms=10_000))


def _pages(place: Place) -> list[tuple[str, Callable[[], Figures], Figures]]:
    large, running = place.large, place.running
    return [
        (
            "released agenda page, 300 sessions",
            partial(_page, place.rep, "agenda:sessions:mine", large),
            Figures(queries=10, cpu_ms=25),
        ),
        (
            "planner's session list, 50 rows",
            partial(_page, place.planner, "agenda:sessions:list", large),
            Figures(queries=12, cpu_ms=45),
        ),
        (
            "conflict scan of 300 sessions",
            partial(measure, lambda: draft_of(large).conflicts),
            Figures(queries=8, cpu_ms=25),
        ),
        ("move one session", partial(_moves, place), Figures(queries=12, cpu_ms=25)),
        (
            "roster page, 50 of 5,000",
            partial(_page, place.planner, "events:attendance:roster", large),
            Figures(queries=12, cpu_ms=45),
        ),
        (
            "My kickoff",
            partial(_page, place.rep, "my_kickoff", large),
            Figures(queries=12, cpu_ms=30),
        ),
        (
            "My team, 12 reports",
            partial(_page, place.manager, "reinforcement:coaching:team", running),
            Figures(queries=12, cpu_ms=40),
        ),
        (
            "planner's home, 5,000 people",
            partial(_page, place.planner, "kickoff_home", running),
            Figures(),
        ),
    ]


def _seed(kickoffs: Kickoffs, now: datetime) -> Place:
    rng = random.Random(SEED)  # noqa: S311
    planner = Person.objects.filter(role=Person.Role.PLANNER).earliest("pk")
    people = list(Person.objects.order_by("pk"))
    today = now.date()
    large = Kickoff.objects.create(
        slug="bench",
        name="Bench",
        fiscal_year="FY28",
        starts_date=today,
        ends_date=today + timedelta(days=2),
        city="Lisbon",
        time_zone="Europe/Lisbon",
        status=Kickoff.Status.OPEN,
        owner=planner,
    )
    Attendee.objects.bulk_create(
        Attendee(kickoff=large, person=person, added_at=now) for person in people
    )
    seed_large(large, people, rng)
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
    )


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _page(client: Client, name: str, kickoff: Kickoff) -> Figures:
    return measure(partial(_get, client, reverse(name, kwargs={"slug": kickoff.slug})))


def _get(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}.")


def _moves(place: Place) -> Figures:
    session = Session.objects.filter(kickoff=place.large).scheduled().earliest("pk")
    url = reverse("agenda:sessions:move", args=[place.large.slug, session.pk])
    if session.starts_at is None:
        raise RuntimeError("A scheduled session has no time.")
    local = session.starts_at.astimezone(place.large.zone)
    times = cycle([local + timedelta(minutes=5), local])
    versions = count(session.version)

    def move() -> None:
        starts = next(times)
        answer = place.planner.post(
            url,
            {
                "room": session.room_id,
                "day": starts.date().isoformat(),
                "start_time": f"{starts:%H:%M}",
                "version": next(versions),
            },
            headers={"Accept": "application/json"},
        )
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}: {answer.content[:200]!r}")

    return measure(move)


def _tick(place: Place) -> Figures:
    # Everything else goes out first, so that the tick has these touches and no more to do
    run_tick(place.now)
    waiting = list(Touch.objects.filter(done_at=None).order_by("pk")[:TOUCHES].values_list("pk"))
    Touch.objects.filter(pk__in=[pk for (pk,) in waiting]).update(
        state=Touch.State.WAITING,
        skip_reason="",
        due_at=place.now,
        overdue_at=place.now + timedelta(days=7),
        sent_at=None,
        message=None,
    )
    figures = measure_once(lambda: run_tick(place.now + timedelta(seconds=1)), things=TOUCHES)
    left = Touch.objects.filter(pk__in=[pk for (pk,) in waiting]).exclude(state=Touch.State.SENT)
    if len(waiting) != TOUCHES or left.exists():
        raise RuntimeError(f"Of {len(waiting)} touches {left.count()} were not sent.")
    return figures


def _import(place: Place) -> Figures:
    kickoff = Kickoff.objects.create(
        slug="bench-import",
        name="Bench import",
        fiscal_year="FY28",
        starts_date=place.now.date(),
        ends_date=place.now.date(),
        owner=place.large.owner,
    )
    table = read_table(_roster_file(), "roster.csv")
    columns = guess_columns(table.headers, ROSTER_FIELDS)

    def bring() -> None:
        parsed = parse_rows(table, ROSTER_FIELDS, columns)
        import_roster(kickoff=kickoff, parsed=parsed, by=place.large.owner, at=place.now)

    return measure_once(bring, things=PEOPLE)


def _roster_file() -> bytes:
    """5,000 people under 400 managers under 20 leaders, none of whom is known yet."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["full_name", "email", "job_title", "region", "team", "manager", "country"])
    for number in range(PEOPLE):
        manager = f"bench{number % 400}@import.example" if number >= 400 else ""
        if 20 <= number < 400:
            manager = f"bench{number % 20}@import.example"
        rows.writerow(
            [
                f"Bench Person {number}",
                f"bench{number}@import.example",
                "Account executive",
                f"Region {number % 5}",
                f"Team {number % 400}",
                manager,
                "PT",
            ]
        )
    return text.getvalue().encode()
