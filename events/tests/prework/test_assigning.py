from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from events.attendance import hooks
from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff import actions as kickoff_actions
from events.prework import actions
from events.prework.actions import Details, PreworkRefused
from events.prework.models import Assignment, PreworkItem
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    KickoffFactory,
    PreworkItemFactory,
)
from people.tests.factories import GONE, PersonFactory, PlannerFactory, RegionFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def planner():
    return PlannerFactory()


@pytest.fixture
def kickoff():
    return KickoffFactory()


def details(**changes):
    fields = {"kind": "READ", "title": "Read: the big bets", "due_date": date(2027, 1, 15)}
    return Details(**(fields | changes))


def assign(kickoff, planner, **changes):
    assignment = actions.draft_prework(
        kickoff=kickoff, details=details(**changes), by=planner, at=AT
    )
    actions.assign_prework(assignment_id=assignment.pk, by=planner, at=AT)
    return assignment


def holders(assignment):
    return {item.person for item in assignment.items.all()}


def test_a_draft_is_nobodys_work(kickoff, planner):
    AttendeeFactory(kickoff=kickoff)

    assignment = actions.draft_prework(kickoff=kickoff, details=details(), by=planner, at=AT)

    assert assignment.is_draft
    assert assignment.due_at == datetime(2027, 1, 16, tzinfo=UTC)
    assert not PreworkItem.objects.exists()


@pytest.mark.parametrize("gone", GONE)
def test_assigning_gives_a_copy_to_all_but_those_who_declined(kickoff, planner, gone):
    coming, pending = AttendeeFactory(kickoff=kickoff), AttendeeFactory(kickoff=kickoff)
    AttendeeFactory(kickoff=kickoff, rsvp="NO", answered_at=AT)
    AttendeeFactory(kickoff=kickoff, person=PersonFactory(**gone))
    AttendeeFactory()

    assert holders(assign(kickoff, planner)) == {coming.person, pending.person}


def test_assigning_twice_gives_one_copy(kickoff, planner):
    AttendeeFactory(kickoff=kickoff)
    assignment = assign(kickoff, planner)

    assert actions.assign_prework(assignment_id=assignment.pk, by=planner, at=AT) == 1


@pytest.mark.parametrize(
    "segment",
    [{"segment_kind": "MANAGER"}, {"segment_function": "MARKETING"}, {"segment_region": "EMEA"}],
)
def test_a_segment_reaches_only_its_own(kickoff, planner, segment):
    emea = RegionFactory(name="EMEA")
    wanted = AttendeeFactory(
        kickoff=kickoff, kind="MANAGER", person__function="MARKETING", person__region=emea
    )
    AttendeeFactory(kickoff=kickoff, person__region=RegionFactory(name="Americas"))
    fields = {k: emea if k == "segment_region" else v for k, v in segment.items()}

    assert holders(assign(kickoff, planner, **fields)) == {wanted.person}


def test_whoever_joins_the_roster_later_gets_it_once(kickoff, planner):
    assignment = assign(kickoff, planner)
    draft = AssignmentFactory(kickoff=kickoff, published_at=None)
    withdrawn = AssignmentFactory(kickoff=kickoff, withdrawn_at=AT)
    late = AttendeeFactory(kickoff=kickoff)

    for _ in range(2):
        hooks.follow_roster(kickoff, AT)

    assert holders(assignment) == {late.person}
    assert holders(draft) == holders(withdrawn) == set()


def test_whoever_declines_or_leaves_loses_what_they_have_not_begun(kickoff, planner):
    people = [AttendeeFactory(kickoff=kickoff) for _ in range(3)]
    assignment = assign(kickoff, planner)
    assignment.items.filter(person=people[0].person).update(state="DONE", done_at=AT)

    Attendee.objects.filter(pk=people[1].pk).update(rsvp="NO", answered_at=AT)
    Attendee.objects.filter(pk__in=[people[0].pk, people[2].pk]).delete()
    hooks.follow_roster(kickoff, AT)

    assert holders(assignment) == {people[0].person}


def test_a_changed_segment_moves_the_copies_and_keeps_what_was_done(kickoff, planner):
    done, untouched = (AttendeeFactory(kickoff=kickoff).person for _ in range(2))
    boss = AttendeeFactory(kickoff=kickoff, kind="MANAGER").person
    assignment = assign(kickoff, planner, segment_kind="REP")
    assignment.items.filter(person=done).update(state="DONE", done_at=AT)

    actions.update_prework(
        assignment_id=assignment.pk, details=details(segment_kind="MANAGER"), by=planner, at=AT
    )

    assert holders(assignment) == {done, boss}
    assert untouched not in holders(assignment)


def test_the_kind_stays_once_somebody_has_done_it(planner):
    assignment = PreworkItemFactory(state="DONE", done_at=AT).assignment

    with pytest.raises(PreworkRefused, match="Somebody has done"):
        actions.update_prework(
            assignment_id=assignment.pk, details=details(kind="SUBMIT"), by=planner, at=AT
        )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "nonsense"])
def test_a_link_that_is_no_web_address_is_refused(kickoff, planner, link):
    with pytest.raises(PreworkRefused, match="web address"):
        actions.draft_prework(kickoff=kickoff, details=details(link=link), by=planner, at=AT)


def test_the_bet_of_another_kickoff_is_refused(kickoff, planner):
    bet = BigBet.objects.create(kickoff=KickoffFactory(), position=1, title="Renew")

    with pytest.raises(PreworkRefused, match="another kickoff"):
        actions.draft_prework(kickoff=kickoff, details=details(bet=bet), by=planner, at=AT)


def test_withdrawing_keeps_what_was_handed_in_and_deletes_only_drafts(kickoff, planner):
    item = PreworkItemFactory(state="DONE", done_at=AT, text="Because they need it")
    draft = AssignmentFactory(published_at=None)

    for _ in range(2):
        actions.withdraw_prework(assignment_id=item.assignment_id, by=planner, at=AT)
    actions.withdraw_prework(assignment_id=draft.pk, by=planner, at=AT)

    item.assignment.refresh_from_db()
    item.refresh_from_db()
    assert (item.assignment.withdrawn_at, item.text) == (AT, "Because they need it")
    assert not Assignment.objects.filter(pk=draft.pk).exists()


def test_what_was_withdrawn_is_neither_assigned_nor_changed(planner):
    assignment = AssignmentFactory(withdrawn_at=AT)

    with pytest.raises(PreworkRefused, match="withdrawn"):
        actions.assign_prework(assignment_id=assignment.pk, by=planner, at=AT)
    with pytest.raises(PreworkRefused, match="withdrawn"):
        actions.update_prework(assignment_id=assignment.pk, details=details(), by=planner, at=AT)


def test_an_archived_kickoff_takes_no_pre_work(planner):
    archived = KickoffFactory(status="ARCHIVED")
    assignment = AssignmentFactory(kickoff=archived)

    with pytest.raises(PreworkRefused, match="archived"):
        actions.draft_prework(kickoff=archived, details=details(), by=planner, at=AT)
    with pytest.raises(PreworkRefused, match="archived"):
        actions.withdraw_prework(assignment_id=assignment.pk, by=planner, at=AT)


def test_the_template_gives_drafts_that_nobody_has(kickoff, planner):
    AttendeeFactory(kickoff=kickoff)

    actions.suggest_prework(kickoff, planner, AT)

    found = [(a.kind, a.due_date, a.segment_kind) for a in Assignment.objects.all()]
    assert found == [
        ("READ", date(2027, 1, 15), ""),
        ("STRATEGY", date(2027, 1, 20), "REP"),
        ("WATCH", date(2027, 1, 22), ""),
    ]
    assert not PreworkItem.objects.exists()


def test_when_the_event_moves_all_that_counts_from_it_moves_along(planner):
    kickoff = KickoffFactory(status="DRAFT")
    given = AssignmentFactory(kickoff=kickoff)
    withdrawn = AssignmentFactory(kickoff=kickoff, withdrawn_at=AT)
    draft = AssignmentFactory(kickoff=kickoff, published_at=None)

    kickoff_actions.update_kickoff(
        kickoff_id=kickoff.pk,
        details=kickoff_actions.Details(
            name="Elsewhere",
            theme="",
            fiscal_year="FY28",
            starts_date=date(2027, 2, 9),
            ends_date=date(2027, 2, 11),
            venue="",
            city="New York",
            time_zone="America/New_York",
            format="IN_PERSON",
            currency="USD",
        ),
        by=planner,
        at=AT,
    )

    for assignment in (given, withdrawn, draft):
        assignment.refresh_from_db()
    assert given.due_date == draft.due_date == date(2027, 1, 22)
    assert given.due_at == datetime(2027, 1, 23, 5, tzinfo=UTC)
    assert withdrawn.due_date == date(2027, 1, 15)


def test_assigning_to_many_costs_no_more_queries(planner, django_assert_num_queries):
    for number in (1, 3, 30):
        assignment = AssignmentFactory(published_at=None)
        AttendeeFactory.create_batch(number, kickoff=assignment.kickoff)
        with django_assert_num_queries(9):
            actions.assign_prework(assignment_id=assignment.pk, by=planner, at=AT)
        assert assignment.items.count() == number


@pytest.mark.parametrize(
    "wrong",
    [
        {"withdrawn_at": AT, "published_at": datetime(2027, 1, 6, tzinfo=UTC)},
        {"minutes": 0},
        {"link": "javascript:alert(1)"},
    ],
)
def test_the_database_holds_no_impossible_assignment(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "DONE"},
        {"done_at": AT},
        {"text": "x" * 5001},
        {"link": "javascript:alert(1)"},
    ],
)
def test_the_database_holds_no_impossible_copy(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PreworkItemFactory(**wrong)


def test_the_database_holds_one_copy_a_person():
    item = PreworkItemFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        PreworkItemFactory(assignment=item.assignment, person=item.person)


def test_a_person_on_two_rosters_has_a_copy_of_each(planner):
    person = PersonFactory()
    for kickoff in (KickoffFactory(), KickoffFactory()):
        AttendeeFactory(kickoff=kickoff, person=person)
        assign(kickoff, planner)

    assert PreworkItem.objects.filter(person=person).count() == 2
