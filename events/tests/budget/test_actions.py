"""Lines are revised, wait for whoever may approve them, and keep what they said before."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from events.budget import actions, queries
from events.budget.actions import BudgetRefused, Settings
from events.budget.models import Budget, Revision
from events.kickoff.models import Kickoff
from events.tests.budget.factories import (
    MONDAY,
    TUESDAY,
    figures,
    let_own,
    make_budget,
    make_line,
    revise,
)
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
State = Revision.State


@pytest.fixture
def budget():
    return make_budget()


@pytest.fixture
def owner(budget):
    return let_own(budget, 5_000)


def test_a_line_is_revised_and_keeps_what_it_said_with_reason_and_approver(budget):
    line, by = make_line(budget), budget.kickoff.owner

    made = revise(line, by, said=39_400)

    line.refresh_from_db()
    first, second = line.revisions.order_by("number")
    assert line.current == made == second
    assert (second.predecessor, second.reason, second.decided_by) == (first, "The wall grew", by)
    assert (first.state, first.amounts.forecast, second.amounts.forecast) == (
        State.STANDS,
        31_000,
        39_400,
    )
    assert list(
        Entry.objects.filter(verb="budget.revised").order_by("pk").values_list("note", flat=True)
    ) == [f"{line.name}, 1", f"{line.name}, 2"]


def test_the_same_again_is_no_revision(budget):
    line = make_line(budget)

    assert revise(line, budget.kickoff.owner, reason="") is None
    assert line.revisions.count() == 1


def test_what_asks_for_more_than_ones_limit_waits_for_whoever_may(budget, owner):
    line = make_line_by_nobody(budget)
    finance = let_own(budget, 25_000)

    waits = revise(line, owner, said=39_400)

    line.refresh_from_db()
    assert (waits.state, waits.asks, line.current.amounts.forecast) == (
        State.WAITING,
        8_400,
        31_000,
    )
    with pytest.raises(BudgetRefused, match=r"\$8,400"):
        actions.decide(revision_id=waits.pk, approve=True, by=owner, at=TUESDAY)
    actions.decide(revision_id=waits.pk, approve=True, by=finance, at=TUESDAY)
    line.refresh_from_db()
    assert (line.current, line.current.decided_by) == (waits, finance)
    with pytest.raises(BudgetRefused, match="Somebody else"):
        actions.decide(revision_id=waits.pk, approve=False, by=finance, at=TUESDAY)


def test_what_is_sent_back_changes_nothing_and_says_why(budget, owner):
    line = make_line_by_nobody(budget)
    boss = let_own(budget, None)
    waits = revise(line, owner, said=39_400)

    actions.decide(revision_id=waits.pk, approve=False, answer="Ask again", by=boss, at=TUESDAY)

    line.refresh_from_db()
    waits.refresh_from_db()
    assert (waits.state, waits.answer, line.current.number) == (State.REFUSED, "Ask again", 1)


def test_a_new_revision_takes_the_place_of_one_that_waits(budget, owner):
    line = make_line_by_nobody(budget)
    first = revise(line, owner, said=39_400)

    second = revise(line, owner, said=34_000)

    first.refresh_from_db()
    line.refresh_from_db()
    assert (first.state, second.state, line.current) == (State.WITHDRAWN, State.STANDS, second)


def test_whoever_saw_another_version_changes_nothing(budget):
    line = make_line(budget)
    revise(line, budget.kickoff.owner, said=32_000)

    with pytest.raises(BudgetRefused, match="meanwhile"):
        actions.revise_line(
            line_id=line.pk,
            figures=figures(33_000),
            reason="",
            seen=1,
            by=budget.kickoff.owner,
            at=TUESDAY,
        )
    assert line.revisions.count() == 2


def test_a_contract_keeps_the_rate_of_its_day_when_a_new_one_is_noted(budget):
    by = budget.kickoff.owner
    old = note(budget, "1.0750", date(2026, 9, 1))
    line = make_line(budget, price=10_000, currency="EUR", rate=old)

    note(budget, "1.0800", date(2027, 1, 4))
    again = revise(line, by, reason="", price=10_000, currency="EUR", rate=old, committed=10_000)

    assert again.worth.planned == 10_750
    newest = queries.rates_of(budget)[0]
    later = make_line(budget, name="Crew", price=10_000, currency="EUR", rate=newest)
    assert later.current.worth.planned == 10_800
    with pytest.raises(BudgetRefused, match="JPY"):
        make_line(budget, name="Tokyo", price=10_000, currency="JPY")


def test_other_heads_revise_the_lines_that_are_paid_by_head(budget):
    by_head = make_line(budget, name="Gifts", price=30, basis="HEAD")
    flights = make_line(budget, name="Flights", price=300, basis="HEAD")
    own = make_line(budget, name="Menus", price=200, basis="HEAD", own_count=35)
    stage = make_line(budget)

    revised = actions.change_budget(
        budget=budget,
        settings=Settings(heads=170, reps=96, nights=3, rooms=8),
        reason="Ten more from support",
        by=budget.kickoff.owner,
        at=TUESDAY,
    )

    for line in (by_head, flights, own, stage):
        line.refresh_from_db()
    assert revised == 2
    assert (by_head.current.count, by_head.current.reason) == (170, "Ten more from support")
    assert (flights.current.count, own.current.count, stage.current.number) == (170, 35, 1)


def test_a_line_with_something_owed_stays_and_another_goes(budget):
    by = budget.kickoff.owner
    owed, planned = make_line(budget, committed=4_500), make_line(budget, name="Taxis")

    with pytest.raises(BudgetRefused, match="committed"):
        actions.delete_line(line_id=owed.pk, seen=owed.version, by=by, at=TUESDAY)
    actions.delete_line(line_id=planned.pk, seen=planned.version, by=by, at=TUESDAY)

    assert list(budget.lines.all()) == [owed]


def test_an_archived_kickoff_keeps_its_budget(budget):
    line, by = make_line(budget), budget.kickoff.owner
    Kickoff.objects.update(status=Kickoff.Status.ARCHIVED)
    budget.kickoff.refresh_from_db()

    for act in (
        lambda: revise(line, by, said=1),
        lambda: make_line(budget, name="Taxis"),
        lambda: note(budget, "1.1", date(2027, 1, 4)),
    ):
        with pytest.raises(BudgetRefused, match="archived"):
            act()


def test_the_template_gives_lines_without_prices_for_whoever_comes():
    kickoff = KickoffFactory()
    AttendeeFactory(kickoff=kickoff)
    AttendeeFactory(kickoff=kickoff, rsvp="NO", answered_at=MONDAY)

    actions.suggest_budget(kickoff, kickoff.owner, MONDAY)

    budget = queries.budget_of(kickoff)
    board = queries.board_of(budget)
    assert (budget.heads, budget.reps, budget.nights) == (1, 1, len(kickoff.days))
    assert board.total.planned == 0
    assert len(board.rows) > 12


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"paid": D(10), "invoiced": D(9)}, "paid_was_invoiced"),
        ({"price": D(-1)}, "not_negative"),
        ({"state": State.REFUSED, "decided_at": None}, "decided_has_time"),
        ({"state": State.STANDS, "decided_at": None}, "decided_has_time"),
    ],
)
def test_what_must_never_be_in_a_revision(budget, changes, name):
    line = make_line(budget)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Revision.objects.filter(line=line).update(**changes)


def test_one_revision_of_a_line_waits_and_reps_are_guests(budget):
    line = make_line(budget)
    Revision.objects.filter(line=line).update(state=State.WAITING, decided_at=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        line.revisions.create(
            number=2, basis="EVENT", count=1, currency="USD", made_at=MONDAY, state=State.WAITING
        )
    with pytest.raises(IntegrityError, match="reps_are_heads"), transaction.atomic():
        Budget.objects.update(reps=161)
    with pytest.raises(BudgetRefused, match="already"):
        make_line(budget, name=line.name.upper())


def make_line_by_nobody(budget):
    """A line of before anybody was named."""
    owners = list(budget.owners.all())
    budget.owners.all().delete()
    line = make_line(budget)
    for owner in owners:
        let_own(budget, owner.limit, owner.person)
    return line


def note(budget, worth, day):
    return actions.note_rate(
        budget=budget,
        currency="EUR",
        worth=D(worth),
        as_of_date=day,
        by=budget.kickoff.owner,
        at=TUESDAY,
    )


def test_a_budget_keeps_its_currency_when_that_of_its_kickoff_changes(budget):
    line = make_line(budget)

    Kickoff.objects.update(currency="EUR")

    board = queries.board_of(queries.budget_of(Kickoff.objects.get()))
    assert (board.budget.currency, board.total.planned) == ("USD", 31_000)
    assert line.current.rate is None
