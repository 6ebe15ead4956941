"""What `make bench` measures, each with its budget; seeds its own company first."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import count, cycle

from django.urls import reverse
from django.utils import timezone

from agenda.sessions.models import Session
from agenda.sessions.queries.draft import draft_of
from core.due.ticks import run_tick
from core.minute import asking_anew
from core.once import asking_once
from events.readiness.queries import readiness_of
from reinforcement.touches.models import Touch
from sko_planner.bench import (
    clinics,
    door,
    groups,
    imports,
    insights,
    letters,
    mails,
    needs,
    plans,
    prework,
    reviews,
    waiting,
)
from sko_planner.bench.measure import Figures, Result, measure, measure_once
from sko_planner.bench.place import PEOPLE, SEED, Place, Row, get, page, seed
from sko_planner.demo import load as demo
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.memory import keep_what_is_loaded
from sko_planner.reach import visible_kickoffs

TOUCHES = 1_000


class NoSuchRow(Exception):
    """A word is in the name of no row."""


def measured(rows: Sequence[Row]) -> Iterator[Result]:
    """Seed, then measure one row after the other."""
    now = timezone.now()
    made: list[tuple[object, Kickoffs]] = []
    load = partial(demo.load, PEOPLE, SEED, now)
    loading = measure_once(lambda: made.append(load()), things=PEOPLE)
    place = seed(made[0][1], now, loading)
    keep_what_is_loaded()  # as the web server does
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


def _search(place: Place) -> Figures:
    url = reverse("search_now") + "?q=maria"
    return measure(partial(get, place.planner, url))


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


def _checked_anew(place: Place) -> None:
    with asking_once(), asking_anew():
        readiness_of(place.large, place.now)


def _points(way: str, _place: Place) -> Figures:
    return groups.points(way)


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


# What is measured, in this order: the tick sends everything that waits, so it comes late
ROWS = (
    Row("load_demo, 5,000 people", lambda at: at.loading, Figures(times=100_000)),
    Row(
        "released agenda page, 300 sessions",
        lambda at: page(at.rep, "agenda:sessions:mine", at.large),
        Figures(queries=10, times=60, db_share=1),
    ),
    Row(
        "planner's session list, 50 rows",
        lambda at: page(at.planner, "agenda:sessions:list", at.large),
        Figures(queries=12, times=75, db_share=1),
    ),
    Row(
        "conflict scan of 300 sessions",
        lambda at: measure(lambda: draft_of(at.large).conflicts),
        Figures(queries=8, times=16),
    ),
    Row("move one session", _moves, Figures(queries=12, times=32, db_share=1)),
    Row("a check-in at the door", lambda at: door.check_in(at.planner, at.large), door.CHECK_IN),
    Row("the door, 5,000 people", lambda at: page(at.planner, door.PAGE, at.large), door.SEEN),
    Row(
        "roster page, 50 of 5,000",
        lambda at: page(at.planner, "events:attendance:roster", at.large),
        Figures(queries=12, times=105, db_share=1),
    ),
    Row(
        "waves of invitations, 5,000 people",
        lambda at: page(at.planner, "events:invitations:list", at.large),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "board of 1,000 insights",
        lambda at: insights.board(
            at.large, at.now, lambda: page(at.planner, "agenda:insights:board", at.large)
        ),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "needs in six forms, 5,000 people",
        lambda at: needs.board(
            at.large, at.now, lambda: page(at.planner, "events:needs:list", at.large)
        ),
        Figures(queries=15, times=60, db_share=1),
    ),
    Row(
        "My kickoff",
        lambda at: page(at.rep, "my_kickoff", at.large),
        Figures(queries=12, times=75, db_share=1),
    ),
    Row(
        "My team, 12 reports",
        lambda at: page(at.manager, "reinforcement:coaching:team", at.running),
        Figures(queries=12, times=100, db_share=1),
    ),
    Row(
        "planner's home after the event, 5,000 people",
        lambda at: page(at.planner, "kickoff_home", at.running),
        Figures(queries=30, times=75, db_share=1),
    ),
    Row(
        "planner's home during the event, 5,000 people",
        lambda at: page(at.planner, "kickoff_home", at.large),
        Figures(queries=30, times=75, db_share=1),
    ),
    Row(
        "readiness, every check of 5,000 people",
        lambda at: page(at.planner, "events:readiness:page", at.running),
        Figures(queries=15, times=75, db_share=1),
    ),
    Row(
        "readiness asked anew, 5,000 people",
        lambda at: measure(partial(_checked_anew, at)),
        Figures(queries=20, times=120, db_share=1),
    ),
    Row(
        "frame of every page: kickoffs to choose from",
        lambda at: measure(lambda: visible_kickoffs(at.large.owner)),
        Figures(queries=1, db_times=3),
    ),
    *plans.PAGES,
    Row("groups of 300 in 5 rounds", lambda _at: groups.rounds(groups.SMALL), Figures(times=100)),
    Row("groups of 1,000 in 5 rounds", lambda _at: groups.rounds(groups.LARGE), Figures(times=500)),
    *(
        Row(f"groups of 300, points by {way}", partial(_points, way), Figures())
        for way in ("swaps", "greedy", "random", "constraints")
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
    *plans.QUEUES,
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
    *imports.FILES,
    *prework.PAGES,
    waiting.LIST,
    *reviews.PAGES,
    *clinics.PAGES,
)
