from datetime import UTC, datetime

import pytest

from events.bets.models import BigBet
from events.prework import queries
from events.prework.models import Assignment
from events.prework.rules import Progress
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    KickoffFactory,
    PreworkItemFactory,
)
from events.tests.world import build_world
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, 9, tzinfo=UTC)
AFTER_DUE = datetime(2027, 1, 18, 9, tzinfo=UTC)


def items(assignment, *, done, missing):
    PreworkItemFactory.create_batch(done, assignment=assignment, state="DONE", done_at=AT)
    PreworkItemFactory.create_batch(missing, assignment=assignment)
    return assignment


def test_the_summary_counts_what_is_assigned_and_names_the_slow_part():
    kickoff = KickoffFactory()
    slow = items(AssignmentFactory(kickoff=kickoff), done=1, missing=3)
    items(AssignmentFactory(kickoff=kickoff), done=3, missing=1)
    items(AssignmentFactory(kickoff=kickoff, withdrawn_at=AT), done=5, missing=5)
    AssignmentFactory(kickoff=kickoff, published_at=None)
    items(AssignmentFactory(), done=1, missing=1)

    summary = queries.prework_summary(kickoff, AT)

    assert (summary.progress.total, summary.progress.done, summary.progress.late) == (8, 4, 0)
    assert summary.progress.percent == 50
    assert summary.slowest.assignment == slow
    assert queries.prework_summary(kickoff, AFTER_DUE).progress.late == 4


def test_the_board_tells_drafts_and_withdrawn_ones_too():
    kickoff = KickoffFactory()
    AssignmentFactory(kickoff=kickoff, published_at=None)
    items(AssignmentFactory(kickoff=kickoff, withdrawn_at=AT), done=1, missing=1)

    rows = queries.board(kickoff, AFTER_DUE)

    assert [(row.assignment.is_draft, row.is_over, row.progress.late) for row in rows] == [
        (True, False, 0),
        (False, False, 0),
    ]


def test_a_person_sees_what_is_not_done_first():
    kickoff, person = KickoffFactory(), PersonFactory()
    done = PreworkItemFactory(assignment__kickoff=kickoff, person=person, state="DONE", done_at=AT)
    open_ = PreworkItemFactory(assignment__kickoff=kickoff, person=person)
    PreworkItemFactory(assignment__kickoff=kickoff, assignment__withdrawn_at=AT, person=person)
    PreworkItemFactory(assignment__kickoff=kickoff)
    PreworkItemFactory(person=person)

    assert queries.prework_for(person, kickoff) == [open_, done]


def test_counts_and_items_by_person():
    kickoff, person, other = KickoffFactory(), PersonFactory(), PersonFactory()
    done = PreworkItemFactory(assignment__kickoff=kickoff, person=person, state="DONE", done_at=AT)
    open_ = PreworkItemFactory(assignment__kickoff=kickoff, person=person)
    PreworkItemFactory(assignment=open_.assignment, person=PersonFactory())

    ids = [person.pk, other.pk]
    assert queries.prework_counts(kickoff, ids, AFTER_DUE) == {
        person.pk: Progress(total=2, done=1, late=1)
    }
    assert queries.items_by_person(kickoff, ids) == {person.pk: [done, open_]}


def test_a_managers_line_is_everybody_below_who_takes_part():
    world = build_world()
    boss = world["manager"].manager

    def line(manager):
        return {attendee.person for attendee in queries.line_at(world.kickoff, manager, AT)}

    assert line(world["manager"]) == {world["rep"]}
    assert line(boss) == {world[r] for r in ("rep", "peer", "manager", "other_manager")}
    assert line(world["rep"]) == set()


def test_a_segment_reaches_those_who_have_not_declined():
    kickoff = KickoffFactory()
    AttendeeFactory(kickoff=kickoff)
    AttendeeFactory(kickoff=kickoff, kind="MANAGER")
    AttendeeFactory(kickoff=kickoff, rsvp="NO", answered_at=AT)

    assert queries.reach(Assignment(kickoff=kickoff), AT) == 2
    assert queries.reach(Assignment(kickoff=kickoff, segment_kind="REP"), AT) == 1


def readiness(kickoff, at=AT):
    said = queries.check_readiness(kickoff, at)
    assert len(said) == 2
    return [(finding.severity, finding.text) for finding in said if finding.text]


def test_readiness_asks_for_pre_work_in_the_last_four_weeks_only():
    kickoff = KickoffFactory()

    assert readiness(kickoff, datetime(2026, 12, 1, tzinfo=UTC)) == []
    assert readiness(kickoff) == [("blocks", "No pre-work is assigned.")]
    assert readiness(kickoff, datetime(2027, 2, 2, 9, tzinfo=UTC)) == []


def test_readiness_names_each_bet_that_nobody_prepares_for():
    kickoff = KickoffFactory()
    bets = [BigBet.objects.create(kickoff=kickoff, position=n, title=f"Bet {n}") for n in (1, 2, 3)]
    AssignmentFactory(kickoff=kickoff, bet=bets[0])
    AssignmentFactory(kickoff=kickoff, bet=bets[1], published_at=None)

    assert readiness(kickoff) == [
        ("improve", "Big bets 2, 3 have no pre-work."),
        ("met", "No pre-work is overdue."),
    ]
    Assignment.objects.create(
        kickoff=kickoff,
        kind="READ",
        title="Both",
        bet=bets[2],
        due_date="2027-01-15",
        due_at=AFTER_DUE,
        created_at=AT,
        published_at=AT,
    )
    assert ("improve", "Big bet 2 has no pre-work.") in readiness(kickoff)


def test_readiness_names_what_is_overdue_under_80_percent():
    kickoff = KickoffFactory()
    items(AssignmentFactory(kickoff=kickoff), done=4, missing=1)
    assert readiness(kickoff, AFTER_DUE)[1:] == [("met", "No pre-work is overdue.")]

    items(AssignmentFactory(kickoff=kickoff, title="Win strategy"), done=1, missing=2)
    assert readiness(kickoff, AFTER_DUE)[1:] == [
        ("improve", "“Win strategy” is overdue and 33% done.")
    ]

    items(AssignmentFactory(kickoff=kickoff), done=1, missing=2)
    assert readiness(kickoff, AFTER_DUE)[1:] == [
        ("improve", "2 assignments are overdue and under 80% done.")
    ]


def test_the_reads_cost_the_same_at_any_size(django_assert_num_queries):
    kickoff = KickoffFactory()
    person = PersonFactory()
    for _ in range(3):
        for assignment in AssignmentFactory.create_batch(2, kickoff=kickoff):
            PreworkItemFactory(assignment=assignment, person=person)
            PreworkItemFactory(assignment=assignment)
        with django_assert_num_queries(6):
            queries.board(kickoff, AT)
            queries.prework_summary(kickoff, AT)
            queries.prework_counts(kickoff, [person.pk], AT)
            queries.items_by_person(kickoff, [person.pk])
            [item.assignment.bet for item in queries.prework_for(person, kickoff)]
