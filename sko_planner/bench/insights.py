"""The board of insights with a thousand of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from agenda.insights.models import Function, Insight, State
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from sko_planner.bench.measure import Figures

INSIGHTS = 1_000


def board(kickoff: Kickoff, at: datetime, page: Callable[[], Figures]) -> Figures:
    """Seed them once, in all states, then measure the page."""
    if Insight.objects.filter(kickoff=kickoff).count() < INSIGHTS:
        owners = list(Person.objects.active().order_by("pk")[:20])
        rows = (_insight(kickoff, number, owners, at) for number in range(INSIGHTS))
        Insight.objects.bulk_create(rows, batch_size=500)
    return page()


def _insight(kickoff: Kickoff, number: int, owners: list[Person], at: datetime) -> Insight:
    state = State.values[number % len(State.values)]
    row = Insight(
        kickoff=kickoff,
        session_id=number % 40 + 1,
        session_title=f"Session {number % 40}",
        heard_at=at - timedelta(days=number % 30),
        what=f"Customers ask for number {number} before they sign",
        evidence="They said so twice.",
        state=state,
    )
    if state == State.NEW:
        return row
    row.owner = owners[number % len(owners)]
    row.function = Function.values[number % 3]
    row.given_at, row.due_date = row.heard_at, (at + timedelta(days=number % 20 - 10)).date()
    if state != State.OPEN:
        row.answer, row.answered_at = "It is on its way.", at
    if state == State.ACTED:
        row.change, row.acted_at = "done", at
    return row
