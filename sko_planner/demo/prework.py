"""The pre-work of the three kickoffs: who has done what, and the win strategies that are in."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from core.due.rules import end_of
from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_Kind, _State = Assignment.Kind, PreworkItem.State
_LATE = 0.08  # of those who did it, after the due time


@dataclass(frozen=True, slots=True)
class Piece:
    """One assignment: due so many days before the first day, done by so many once it is due."""

    kind: str
    title: str
    instructions: str
    minutes: int
    days_before: int
    done: float
    done_early: float  # of a kickoff eight weeks ahead
    bet: int | None = None
    link: str = ""
    segment_kind: str = ""
    segment_function: str = ""


PIECES = (
    Piece(
        _Kind.READ,
        "Read: the three big bets",
        "Two pages. What we bet on this year, why, and what each bet asks of you every week, "
        "month and quarter.\n\nBring one question. Nobody should see a bet for the first time "
        "in the room.",
        15,
        18,
        0.97,
        0.34,
        bet=1,
        link="https://intranet.meridane.example/kickoff/big-bets",
    ),
    Piece(
        _Kind.SUBMIT,
        "Submit: a win strategy for one open deal",
        "Choose a deal that you want to win this quarter.\n\nWrite who buys and why, what nearly "
        "stops it, and the one thing you want from your clinic group. Half a page is plenty.",
        40,
        13,
        0.91,
        0.13,
        segment_kind=Attendee.Kind.REP,
    ),
    Piece(
        _Kind.WATCH,
        "Watch: where Coldline goes, 12 minutes",
        "Léontine shows what ships this half-year and what does not. Note two things that your "
        "customers have asked for and do not see.",
        12,
        11,
        0.94,
        0.19,
        bet=2,
        link="https://video.meridane.example/coldline-roadmap",
    ),
    Piece(
        _Kind.DO,
        "Do: price three renewals with the new packaging",
        "Open the price book, price three of your own renewals, and mark this as done. The "
        "pricing workshop begins from what you found.",
        20,
        7,
        0.86,
        0.08,
        link="https://intranet.meridane.example/price-book",
        segment_function=Person.Function.SALES,
    ),
)

# What the kickoff to come asks for instead of a free text
_STRATEGY: dict[str, Any] = {
    "kind": _Kind.STRATEGY,
    "title": "Win strategy for one open deal",
    "instructions": "Choose a deal that you want to win this quarter.\n\nSay what you know of each "
    "letter, how you know it, and the one thing you want from your clinic group.",
}

_ACCOUNTS = (
    "Marsanne Logistique", "Nordkyst Sjømat", "Vale do Frio", "Kühlhaus Elbe", "Polar Freight",
    "Dewfall Dairies", "Rio Verde Foods", "Kaigan Fisheries", "Sahel Cold Stores",
    "Anatolia Fresh", "Baltic Berry", "Highveld Poultry", "Mekong Harvest", "Andes Export",
    "Glacier Pharma", "Cornish Creamery",
)  # fmt: skip
_WHY = (
    "They lose a truckload every quarter to a broken cold chain, and the insurer has noticed.",
    "Their depot managers still write temperatures by hand, and an audit is due in May.",
    "They open two hubs this year and do not want a third system in them.",
    "Frostline runs out in June and nobody there wants another three years of it.",
)
_WHO = (
    "The head of operations wants it; the CFO has not met us yet.",
    "Quality signs, IT can stop it, and I know only one of the two.",
    "Our champion runs the night shift and has no budget of her own.",
    "Three people decide. I have met two, and the third came from Frostline.",
)
_STOPS = (
    "What could stop it: they wait for the audit and do nothing.",
    "What could stop it: Frostline gives the sensors away.",
    "What could stop it: procurement wants one contract for nine countries.",
    "What could stop it: the pilot depot loses its manager in the spring.",
)
_ASK = (
    "From the clinic I want a way to the CFO that does not go around my champion.",
    "From the clinic I want two questions that make doing nothing look expensive.",
    "From the clinic I want to know whether I should walk away.",
    "From the clinic I want help with a renewal date that suits them and us.",
)
_NOTE = "Who signs, and by when? The rest is clear."


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Assign the pre-work of each kickoff, and have people do it as far as today allows."""
    for kickoff in kickoffs.all:
        bets = {bet.position: bet for bet in BigBet.objects.filter(kickoff=kickoff)}
        for piece in PIECES:
            if kickoff == kickoffs.ahead and piece.kind == _Kind.SUBMIT:
                piece = replace(piece, **_STRATEGY)
            assignment = _assign(kickoff, piece, bets)
            _items(company, assignment, piece, rng, now)
        if kickoff == kickoffs.ahead:
            _draft(kickoff, bets)


def _assign(kickoff: Kickoff, piece: Piece, bets: dict[int | None, BigBet]) -> Assignment:
    due_date = kickoff.starts_date - timedelta(days=piece.days_before)
    published_at = datetime.combine(
        kickoff.starts_date - timedelta(weeks=10), time(10), kickoff.zone
    )
    return Assignment.objects.create(
        kickoff=kickoff,
        kind=piece.kind,
        wants_review=piece.kind == _Kind.STRATEGY,
        title=piece.title,
        instructions=piece.instructions,
        minutes=piece.minutes,
        link=piece.link,
        bet=bets.get(piece.bet),
        segment_kind=piece.segment_kind,
        segment_function=piece.segment_function,
        due_date=due_date,
        due_at=end_of(due_date, kickoff.zone),
        created_at=published_at - timedelta(days=3),
        published_at=published_at,
    )


def _items(
    company: Company, assignment: Assignment, piece: Piece, rng: random.Random, now: datetime
) -> None:
    kickoff = assignment.kickoff
    roster = Attendee.objects.filter(kickoff=kickoff).taking_part(now).in_segment(assignment)
    share = piece.done if assignment.is_over(now) else piece.done_early
    rows = [
        PreworkItem(assignment=assignment, person_id=person_id, assigned_at=_published(assignment))
        for person_id in roster.order_by("person_id").values_list("person_id", flat=True)
    ]
    for row in rows:
        if rng.random() < share:
            _do(row, assignment, rng, now)
    _known(company, rows, assignment, rng, now)
    PreworkItem.objects.bulk_create(rows, batch_size=1000)


def _known(
    company: Company,
    rows: list[PreworkItem],
    assignment: Assignment,
    rng: random.Random,
    now: datetime,
) -> None:
    """Aïcha has one thing left to do in each kickoff; one of Søren's reps is asked again."""
    left = _Kind.DO if assignment.is_over(now) else _Kind.WATCH
    for row in rows:
        if row.person_id == company["aicha"].pk:
            if assignment.kind == left:
                row.state, row.done_at, row.text = _State.OPEN, None, ""
            elif row.state != _State.DONE:
                _do(row, assignment, rng, now)
        if row.person_id == company["nikos"].pk and assignment.wants_work:
            _do(row, assignment, rng, now)
            row.state, row.done_at, row.returned_note = _State.RETURNED, None, _NOTE


def _do(row: PreworkItem, assignment: Assignment, rng: random.Random, now: datetime) -> None:
    row.state = _State.DONE
    row.done_at = _moment(assignment, rng, now)
    if assignment.kind == _Kind.SUBMIT:
        account = rng.choice(_ACCOUNTS)
        parts = [rng.choice(lines) for lines in (_WHY, _WHO, _STOPS, _ASK)]
        row.text = f"{account}\n\n{parts[0]} {parts[1]}\n\n{parts[2]}\n\n{parts[3]}"


def _moment(assignment: Assignment, rng: random.Random, now: datetime) -> datetime:
    """When somebody did it: before it was due, mostly in the last days, and never after now."""
    begin, due = _published(assignment), assignment.due_at
    if due < now and rng.random() < _LATE:
        return min(due + timedelta(hours=rng.uniform(9, 60)), now)
    some_day = begin + (min(due, now) - begin) * (1 - rng.random() ** 2 * 0.9)
    there = some_day.astimezone(assignment.kickoff.zone)
    waking = there.replace(hour=rng.randint(8, 20), minute=rng.randint(0, 59))
    return max(begin, min(waking, now))


def _draft(kickoff: Kickoff, bets: dict[int | None, BigBet]) -> None:
    due_date = kickoff.starts_date - timedelta(days=4)
    Assignment.objects.create(
        kickoff=kickoff,
        kind=_Kind.SUBMIT,
        title="Submit: two questions for the customer panel",
        instructions="What would you ask a customer who nearly left us?",
        minutes=3,
        bet=bets.get(3),
        due_date=due_date,
        due_at=end_of(due_date, kickoff.zone),
        created_at=datetime.combine(
            kickoff.starts_date - timedelta(weeks=9), time(9), kickoff.zone
        ),
    )


def _published(assignment: Assignment) -> datetime:
    assert assignment.published_at is not None  # noqa: S101  (this part makes no drafts of them)
    return assignment.published_at
