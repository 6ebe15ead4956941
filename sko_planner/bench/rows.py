"""What `make bench` measures, each with its budget; seeds its own company first."""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count, cycle
from zoneinfo import ZoneInfo

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
from events.commitments.actions import open_reviews
from events.commitments.models import Commitment, WeeklyReview
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from reinforcement.touches.models import Touch
from sko_planner.bench import door, letters, mails, money, needs, plans
from sko_planner.bench.measure import Figures, Result, measure, measure_once
from sko_planner.demo import load as demo
from sko_planner.demo.agenda import seed_large
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.reach import visible_kickoffs
from sko_planner.standing import CHANGED

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
    loading: Figures


@dataclass(frozen=True)
class Row:
    """One thing to measure in the seeded company, and what it may take."""

    name: str
    measured: Callable[[Place], Figures]
    budget: Figures


class NoSuchRow(Exception):
    """A word is in the name of no row."""


def measured(rows: Sequence[Row]) -> Iterator[Result]:
    """Seed, then measure one row after the other."""
    now = timezone.now()
    made: list[tuple[object, Kickoffs]] = []
    load = partial(demo.load, PEOPLE, SEED, now)
    loading = measure_once(lambda: made.append(load()), things=PEOPLE)
    place = _seed(made[0][1], now, loading)
    for row in rows:
        yield Result(row.name, row.measured(place), row.budget)


def chosen(words: Sequence[str]) -> list[Row]:
    """
    The rows that have one of the words in their names; without words all.

    :raises NoSuchRow: no name has this word
    """
    for word in words:
        if not any(word in row.name for row in ROWS):
            raise NoSuchRow(word)
    return [row for row in ROWS if not words or any(word in row.name for word in words)]


def _seed(kickoffs: Kickoffs, now: datetime, loading: Figures) -> Place:
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
    plans.seed(large, now, rng)
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


def _page(client: Client, name: str, kickoff: Kickoff) -> Figures:
    return measure(partial(_get, client, reverse(name, kwargs={"slug": kickoff.slug})))


def _get(client: Client, url: str) -> None:
    client.cookies.pop(CHANGED, None)  # as a minute after their last change
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}.")


def _gantt(place: Place) -> Figures:
    url = reverse("events:planning:gantt", kwargs={"slug": place.large.slug})
    return measure(partial(_get, place.planner, f"{url}?zoom=months"))


def _search(place: Place) -> Figures:
    url = reverse("search_now") + "?q=maria"
    return measure(partial(_get, place.planner, url))


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


def _weekly(place: Place) -> Figures:
    # When it is Friday everywhere, and nobody has been asked yet
    at = (place.now + timedelta(days=1 + (3 - place.now.weekday()) % 7)).replace(hour=21)
    WeeklyReview.objects.filter(week_date__gte=(at - timedelta(days=2)).date()).delete()
    counts: Counter[str] = Counter()
    people = Commitment.objects.values("person", "kickoff").distinct().count()
    figures = measure_once(lambda: counts.update(open_reviews(at)), things=people)
    if counts["opened"] < people // 2:
        raise RuntimeError(f"Of {people} people {counts['opened']} were asked.")
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


# What is measured, in this order: the tick sends everything that waits, so it comes late
ROWS = (
    Row("load_demo, 5,000 people", lambda at: at.loading, Figures(times=100_000)),
    Row(
        "released agenda page, 300 sessions",
        lambda at: _page(at.rep, "agenda:sessions:mine", at.large),
        Figures(queries=10, times=60, db_share=1),
    ),
    Row(
        "planner's session list, 50 rows",
        lambda at: _page(at.planner, "agenda:sessions:list", at.large),
        Figures(queries=12, times=75, db_share=1),
    ),
    Row(
        "conflict scan of 300 sessions",
        lambda at: measure(lambda: draft_of(at.large).conflicts),
        Figures(queries=8, times=16),
    ),
    Row("move one session", _moves, Figures(queries=12, times=32, db_share=1)),
    Row("a check-in at the door", lambda at: door.check_in(at.planner, at.large), door.CHECK_IN),
    Row("the door, 5,000 people", lambda at: _page(at.planner, door.PAGE, at.large), door.SEEN),
    Row(
        "roster page, 50 of 5,000",
        lambda at: _page(at.planner, "events:attendance:roster", at.large),
        Figures(queries=12, times=105, db_share=1),
    ),
    Row(
        "waves of invitations, 5,000 people",
        lambda at: _page(at.planner, "events:invitations:list", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "needs in six forms, 5,000 people",
        lambda at: needs.board(
            at.large, at.now, lambda: _page(at.planner, "events:needs:list", at.large)
        ),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "My kickoff",
        lambda at: _page(at.rep, "my_kickoff", at.large),
        Figures(queries=12, times=75, db_share=1),
    ),
    Row(
        "My team, 12 reports",
        lambda at: _page(at.manager, "reinforcement:coaching:team", at.running),
        Figures(queries=12, times=100, db_share=1),
    ),
    Row(
        "planner's home after the event, 5,000 people",
        lambda at: _page(at.planner, "kickoff_home", at.running),
        Figures(queries=30, times=75, db_share=1),
    ),
    Row(
        "planner's home during the event, 5,000 people",
        lambda at: _page(at.planner, "kickoff_home", at.large),
        Figures(queries=30, times=75, db_share=1),
    ),
    Row(
        "readiness, every check of 5,000 people",
        lambda at: _page(at.planner, "events:readiness:page", at.running),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "frame of every page: kickoffs to choose from",
        lambda at: measure(lambda: visible_kickoffs(at.large.owner)),
        Figures(queries=1, db_times=3),
    ),
    Row(
        "list of 400 tasks",
        lambda at: _page(at.planner, "events:planning:list", at.large),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "Gantt of 400 tasks",
        _gantt,
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "My plan, among 20,000 promises",
        lambda at: _page(at.rep, "events:commitments:mine", at.running),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "Friday's review, among 20,000 promises",
        lambda at: _page(at.rep, "events:commitments:review", at.running),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "promises kept, by bet, team and week",
        lambda at: _page(at.planner, "events:commitments:board", at.running),
        Figures(queries=15, times=150, db_share=2),
    ),
    Row(
        "budget, 60 lines and two hotels",
        lambda at: _page(at.planner, "events:budget:page", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "return of a budget of 60 lines",
        lambda at: _page(at.planner, "events:budget:return", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row("search of a planner among 5,000 people", _search, Figures(queries=12, times=50)),
    Row("a letter of three pages", lambda _at: letters.against_naive(), Figures(ratio=1.5)),
    Row("letters on two processes", lambda _at: letters.on_two_processes(), Figures(ratio=2.7)),
    Row("sealing a letter", lambda _at: letters.sealing(), Figures(times=12)),
    Row("1,000 letters", lambda _at: letters.many(), Figures(growth_mb=10)),
    Row(
        "10 of 200 packets released again",
        lambda at: letters.released_again(at.now, at.large.owner),
        Figures(count=letters.CHANGED),
    ),
    Row("tick that sends 1,000 due touches", _tick, Figures(times=5_000)),
    Row("weekly review asked of 5,000 people", _weekly, Figures(queries=60, times=5_000)),
    Row(
        "mail of a day, 5,000 people",
        lambda at: mails.of_a_day(at.now),
        Figures(queries=600, times=15_000),
    ),
    Row(
        "5,000 invitations queued",
        lambda at: mails.invitations(at.large, at.now, PEOPLE),
        Figures(times=10_000),
    ),
    Row("import of a 5,000-row roster", _import, Figures(times=4_500)),
)
