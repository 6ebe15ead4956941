from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.groups.actions import drafting, following, releasing, solving
from agenda.groups.actions.drafting import GroupsChanged, GroupsRefused
from agenda.groups.models import Grouping, GroupingVersion, Place, Solving
from agenda.groups.queries import groups_of, seats_of
from agenda.groups.queries.board import Board
from agenda.groups.queries.crowd import deals_of, settings_for
from agenda.groups.queries.readiness import check_readiness
from agenda.groups.queries.trying import try_swap
from agenda.tests.factories import RoomFactory, SessionFactory
from events.attendance.models import Attendee
from events.kickoff.hooks import Severity
from events.rates.actions import note_rate
from events.tests.factories import AttendeeFactory, KickoffFactory, OpportunityFactory
from people.accounts.models import Person
from people.notices.models import Notice
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory, TeamFactory

AT = datetime(2027, 1, 22, 10, tzinfo=UTC)
NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)


@pytest.fixture
def kickoff(db):
    return KickoffFactory(status="OPEN")


@pytest.fixture
def planner(kickoff):
    return PlannerFactory()


def join(kickoff, count, *, tops=4):
    """Reps on the roster, of three regions, every some of them a top performer."""
    regions = RegionFactory.create_batch(3)
    teams = [TeamFactory(region=regions[n % 3]) for n in range(9)]
    people = []
    for n in range(count):
        team = teams[n % 9]
        person = PersonFactory.build(
            team=team,
            region=team.region,
            password="",
            top_performer_year=2026 if (n + n // 9) % tops == 0 else None,
        )
        people.append(person)
    Person.objects.bulk_create(people)
    Attendee.objects.bulk_create(
        AttendeeFactory.build(kickoff=kickoff, person=one, rsvp="YES", answered_at=AT, added_at=AT)
        for one in people
    )
    return people


@pytest.fixture
def clinics(kickoff, planner):
    """Deal clinics in two rounds, for whoever is on the roster."""
    return begin(kickoff, planner)


def begin(kickoff, planner, rounds=2, title="Deal clinics", capacity=400):
    sessions = [
        [
            SessionFactory(
                kickoff=kickoff,
                type="DEAL_CLINIC",
                room=RoomFactory(kickoff=kickoff, capacity=capacity),
                starts_at=NINE + timedelta(hours=2 * n),
            )
        ]
        for n in range(rounds)
    ]
    return drafting.create_grouping(
        kickoff=kickoff, kind="CLINIC", title=title, rounds=sessions, by=planner, at=AT
    )


def solve(grouping, planner, seconds=0):
    begun = solving.start_solving(grouping=grouping, seconds=seconds, by=planner, at=AT)
    assert solving.work_solving(solving_id=begun.pk, clock=lambda: AT)
    grouping.refresh_from_db()
    begun.refresh_from_db()
    return begun


@pytest.fixture
def solved(kickoff, planner):
    join(kickoff, 60)
    grouping = begin(kickoff, planner)
    assert solve(grouping, planner).state == "DONE"
    return grouping


def release(grouping, planner, at=AT):
    grouping.refresh_from_db()
    return releasing.release_groups(grouping=grouping, version=grouping.version, by=planner, at=at)


def two_of_round_one(grouping):
    first, *rest = Place.objects.filter(
        round__grouping=grouping, round__number=1, leads=False
    ).order_by("pk")
    return first, next(one for one in rest if one.group_id != first.group_id)


def change(grouping, planner):
    grouping.refresh_from_db()
    return {"grouping": grouping, "version": grouping.version, "by": planner, "at": AT}


def test_solving_seats_everybody_in_each_round_at_a_table(solved):
    places = Place.objects.filter(round__grouping=solved)
    assert places.count() == 120
    assert not places.to_place().exists()
    board = Board(solved, AT)
    assert board.weighed.broken == board.weighed.again == 0
    assert all(card.leader for card in board.cards(board.rounds[0]))
    assert board.cards(board.rounds[0])[0].where.endswith("table 1")


def test_two_planners_do_not_solve_at_once_and_the_second_is_told_who_does(clinics, planner):
    solving.start_solving(grouping=clinics, seconds=5, by=planner, at=AT)
    with pytest.raises(GroupsRefused, match=planner.display_name):
        solving.start_solving(grouping=clinics, seconds=5, by=PlannerFactory(), at=AT)


def test_a_search_that_comes_twice_is_done_once_and_one_may_be_stopped(kickoff, planner):
    join(kickoff, 60)
    grouping = begin(kickoff, planner)
    begun = solving.start_solving(grouping=grouping, seconds=300, by=planner, at=AT)
    assert solving.stop_solving(grouping=grouping, by=planner, at=AT)
    done = [solving.work_solving(solving_id=begun.pk, clock=lambda: AT) for _ in range(2)]
    begun.refresh_from_db()
    assert done == [True, False]
    assert begun.state == Solving.State.CANCELLED
    assert not Place.objects.filter(round__grouping=grouping).to_place().exists()


def test_rules_that_collide_are_told_and_a_button_applies_a_way_out(kickoff, planner):
    join(kickoff, 60, tops=30)
    grouping = begin(kickoff, planner, rounds=1)
    assert solve(grouping, planner).state == "REFUSED"
    board = Board(grouping, AT)
    [collision] = board.report(board.rounds[0])["collisions"]
    assert "may lead a group" in collision["said"]

    (rule, value), label = collision["shown"][-1]
    assert label == "Let groups have nobody who leads"
    drafting.take_way(rule=rule, value=value, **change(grouping, planner))
    grouping.refresh_from_db()
    assert settings_for(grouping).led is False
    with pytest.raises(GroupsRefused, match="no such rule"):
        drafting.take_way(rule="__class__", value=1, **change(grouping, planner))


def test_too_few_tables_are_told_for_their_round(kickoff, planner):
    join(kickoff, 60)
    grouping = begin(kickoff, planner, rounds=1, capacity=22)
    assert "at 2 free tables" in solve(grouping, planner).said


def test_a_swap_says_what_it_changes_before_it_is_kept_and_is_taken_back(solved, planner):
    one, other = two_of_round_one(solved)
    board = Board(solved, AT)
    trial = try_swap(board, board.rounds[0], one, other)
    assert [effect.what for effect in trial.effects][:3] == [
        "Hard rules broken",
        "Pairs who meet twice",
        "New connections",
    ]
    one_before, other_before = one.group_id, other.group_id

    drafting.swap_people(one=one, other=other, **change(solved, planner))
    one.refresh_from_db()
    assert one.group_id == other_before

    drafting.undo_change(**change(solved, planner))
    one.refresh_from_db()
    assert one.group_id == one_before


def test_a_deal_in_another_currency_counts_at_the_last_rate_and_as_nothing_without(kickoff):
    one, other = (OpportunityFactory(value=1080, currency=code).owner for code in ("EUR", "SEK"))
    for currency, bought in (("USD", "1.25"), ("SEK", "10")):
        note_rate(
            kickoff=kickoff,
            base="EUR",
            currency=currency,
            bought=Decimal(bought),
            as_of_date=AT.date(),
        )
    assert kickoff.currency == "USD"

    found = deals_of(kickoff, [one.pk, other.pk])

    assert [found[one.pk].value, found[other.pk].value] == [1350, 135]
    kickoff.exchange_rates.all().delete()
    assert deals_of(kickoff, [one.pk])[one.pk].value == 0


def test_whoever_leads_may_be_swapped_too(solved, planner):
    leader = Place.objects.filter(round__grouping=solved, round__number=1, leads=True).first()
    member = (
        Place.objects.filter(round=leader.round, leads=False).exclude(group=leader.group).first()
    )
    drafting.swap_people(one=leader, other=member, **change(solved, planner))
    leader.refresh_from_db()
    member.refresh_from_db()
    assert (leader.leads, member.leads) == (False, True)


def test_of_two_planners_who_saw_the_same_draft_one_changes_it(solved, planner):
    one, other = two_of_round_one(solved)
    seen = change(solved, planner)
    drafting.pin_person(place=one, is_pinned=True, **seen)
    with pytest.raises(GroupsChanged):
        drafting.swap_people(one=one, other=other, **seen)


def test_a_pinned_person_stays_when_groups_are_solved_again(solved, planner):
    one, _other = two_of_round_one(solved)
    drafting.pin_person(place=one, is_pinned=True, **change(solved, planner))
    before = one.group_id
    assert solve(solved, planner).state == "DONE"
    one.refresh_from_db()
    assert (one.group_id, one.is_pinned) == (before, True)


def test_a_release_tells_everybody_once_and_later_only_whom_it_changes(solved, planner, kickoff):
    assert release(solved, planner) == 60
    with pytest.raises(GroupsRefused, match="Nothing has changed"):
        release(solved, planner)

    one, other = two_of_round_one(solved)
    drafting.swap_people(one=one, other=other, **change(solved, planner))
    [before] = [g for g in groups_of(kickoff, person=one.person) if g.round_number == 1]
    assert one.person in before.members
    assert release(solved, planner) == 2

    told = Notice.objects.filter(kind="groups.released", key__contains=f":{solved.pk}:2:")
    assert {notice.person_id for notice in told} == {one.person_id, other.person_id}
    number, where = other.group.number, other.group.where
    seats = seats_of(kickoff, one.person)
    assert (len(seats), where.startswith("table")) == (2, True)
    assert f"your group is {number}, \u2068{where}\u2069" in seats.values()
    newest = GroupingVersion.objects.first()
    assert (newest.number, newest.told, len(newest.content)) == (2, 2, 2)


def test_a_no_show_leaves_a_hole_and_a_late_joiner_moves_nobody(solved, planner, kickoff):
    release(solved, planner)
    gone, _other = two_of_round_one(solved)
    drafting.leave_out(place=gone, is_out=True, **change(solved, planner))
    late = join(kickoff, 1)[0]
    following.follow_roster(kickoff, AT)
    with pytest.raises(GroupsRefused, match="places are open"):
        release(solved, planner)

    moves = drafting.seat_again(**change(solved, planner))

    assert moves == 0
    assert Board(solved, AT).weighed.broken == 0
    assert release(solved, planner) == 2  # who is out, and who came
    assert len(groups_of(kickoff, person=late)) == 2


def test_whoever_leaves_the_roster_has_no_place_any_more(solved, kickoff, planner):
    leader = Place.objects.filter(round__grouping=solved, round__number=1, leads=True).first()
    kickoff.attendees.filter(person=leader.person).update(rsvp="NO")
    following.follow_roster(kickoff, AT)

    leader.refresh_from_db()
    assert (leader.group_id, leader.is_out) == (None, True)
    board = Board(solved, AT)
    assert [card for card in board.cards(board.rounds[0]) if card.leader is None]
    drafting.seat_again(**change(solved, planner))
    board = Board(solved, AT)
    assert all(card.leader for card in board.cards(board.rounds[0]))


def test_a_clinic_without_released_groups_is_not_ready(solved, planner, kickoff):
    findings = {one.check.key: one.severity for one in check_readiness(kickoff, AT)}
    assert findings == {
        "groups.released": Severity.BLOCKS,
        "groups.turns": Severity.IMPROVE,
    }
    release(solved, planner)
    findings = {one.check.key: one.severity for one in check_readiness(kickoff, AT)}
    assert findings["groups.released"] == Severity.MET


def test_the_board_asks_as_much_for_many_as_for_few(solved, client, planner, kickoff):
    client.force_login(planner)
    address = reverse("agenda:groups:board", args=[kickoff.slug, solved.pk])

    def asked(query=""):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address + query).status_code == 200
        return len(queries)

    asked()
    few = asked()
    OpportunityFactory(owner=Place.objects.first().person)
    join(kickoff, 12)
    following.follow_roster(kickoff, AT)
    assert asked() == few
    assert few <= 15
    one, other = two_of_round_one(solved)
    assert asked(f"?one={one.pk}&other={other.pk}") <= 15


def test_a_person_sees_their_groups_and_whom_they_met_once_a_round_is_over(
    solved, planner, kickoff, client, time_machine
):
    release(solved, planner)
    place = Place.objects.filter(round__grouping=solved, round__number=1, leads=False).first()
    mine = reverse("agenda:groups:mine", args=[kickoff.slug])
    mate = place.group.places.exclude(pk=place.pk).first().person
    time_machine.move_to(NINE - timedelta(days=1))
    client.force_login(place.person)
    assert "once a round is over" in client.get(mine).content.decode()
    time_machine.move_to(NINE + timedelta(hours=1, minutes=30))
    client.force_login(place.person)
    assert mate.display_name in client.get(mine).content.decode()


def test_groups_are_copied_with_their_rules_and_nobody_in_them(solved, kickoff, planner):
    target = KickoffFactory()
    for round_ in solved.rounds.all():
        for session in round_.sessions.all():
            SessionFactory(kickoff=target, title=session.title, starts_at=session.starts_at)
    following.copy_groups(kickoff, target, planner, AT)
    copy = Grouping.objects.get(kickoff=target)
    assert copy.rounds.count() == 2
    assert not Place.objects.filter(round__grouping=copy).exists()
