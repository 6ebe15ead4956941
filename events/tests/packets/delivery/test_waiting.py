"""What waits of packets is there for whom it concerns, and goes when it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.kickoff.models import Kickoff
from events.packets.delivery import actions, queries, waiting
from events.packets.delivery.hooks import Moment
from events.packets.delivery.models import PacketRelease, PacketVersion
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketVersionFactory,
)
from events.tests.packets.delivery.answering import accept, decline, recall, second, sign
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    import_one,
    release_all,
)
from events.tests.packets.delivery.team import Team
from events.tests.packets.waits import titles, waits
from people.tests.factories import GONE, ExecutiveFactory, PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

OURS = ("packets.",)
READ = ["Read your packet and sign the receipt"]


def of(person, at=TUESDAY):
    return titles(person, at, *OURS)


def test_a_rep_is_asked_for_one_step_after_the_other(rep, released):
    assert of(rep) == READ

    actions.record_reading(version=released, by=rep, at=MONDAY)
    assert of(rep) == ["Sign your packet’s receipt"]

    sign(released)
    assert of(rep) == ["Accept or decline your packet"]

    accept(released)
    assert of(rep) == []


def test_the_receipt_is_due_when_people_leave_and_late_from_then_on(kickoff, rep, released):
    (item,) = waits(rep, TUESDAY, *OURS)

    assert (item.due_at, item.before_leaving) == (kickoff.closes_at, True)
    assert not item.is_late(kickoff.closes_at - timedelta(minutes=1))
    assert item.is_late(kickoff.closes_at)
    assert of(rep, kickoff.closes_at) == READ


def test_nothing_forces_a_rep_to_answer(rep, released):
    sign(released)

    (item,) = waits(rep, TUESDAY, *OURS)
    assert (item.due_at, item.before_leaving) == (None, False)


def test_who_does_not_come_signs_all_the_same_but_leaves_nothing_behind(rep, released):
    rep.attendances.update(rsvp="NO", answered_at=MONDAY)

    (item,) = waits(rep, TUESDAY, *OURS)
    assert (item.title, item.before_leaving) == (READ[0], False)


def test_what_comes_out_after_the_event_is_not_late_at_once(kickoff, rep):
    after = kickoff.closes_at + timedelta(days=10)
    import_one(kickoff, rep)
    approve_all(kickoff)
    release_all(kickoff, at=after)

    (item,) = waits(rep, after, *OURS)
    assert (item.due_at, item.before_leaving) == (after + timedelta(days=3), False)


def test_a_version_that_replaces_one_is_read_as_the_new_one(kickoff, rep, released):
    sign(released)
    second(kickoff, rep)

    assert of(rep) == ["Read the new version of your packet"]


def test_a_version_after_one_that_was_taken_back_unseen_is_not_called_new(kickoff, rep, released):
    recall(released, at=MONDAY)
    assert of(rep) == []

    second(kickoff, rep)

    assert of(rep) == READ


def test_nobody_but_revops_and_approvers_learns_of_a_version_that_is_not_released():
    team = Team(1)
    (rep,) = team.reps
    manager, others = PersonFactory(), [PlannerFactory(), ExecutiveFactory()]
    rep.manager = rep.confirmed_manager = manager
    rep.save()

    def learns():
        return {person.pk for person in [rep, manager, *others] if of(person)}

    assert learns() == set()
    team.submit()
    assert learns() == set()
    for person in (team.finance, team.sales):
        team.approve(person)
    assert learns() == set()
    assert of(team.revops) == ["Release 1 approved packet"]
    release_all(team.kickoff, at=TUESDAY, by=team.revops)
    assert learns() == {rep.pk}


def test_a_next_version_that_is_not_released_changes_nothing_for_the_rep(kickoff, rep, released):
    sign(released)
    accept(released)
    import_one(kickoff, rep, quota="950000")
    approve_all(kickoff, at=TUESDAY)

    assert of(rep) == []


@pytest.mark.parametrize("status", ["DRAFT", "ARCHIVED"])
def test_nothing_waits_for_a_rep_in_a_kickoff_that_is_not_under_way(kickoff, rep, released, status):
    Kickoff.objects.filter(pk=kickoff.pk).update(status=status)

    assert of(rep) == []


@pytest.mark.parametrize("state", ["SUPERSEDED", "EXPIRED", "RECALLED", "ACCEPTED", "DECLINED"])
def test_a_version_that_asks_for_nothing_more_waits_for_nobody(kickoff, rep, state):
    PacketVersionFactory(packet=PacketFactory(kickoff=kickoff, rep=rep), state=state)

    assert of(rep) == []


@pytest.mark.parametrize("gone", GONE)
def test_nothing_waits_for_a_rep_who_has_left(rep, released, gone):
    type(rep).objects.filter(pk=rep.pk).update(**gone)

    assert of(rep) == []


def test_nothing_waits_for_a_rep_who_is_off_the_roster(rep, released):
    rep.attendances.all().delete()

    assert of(rep) == []


def test_each_side_is_asked_for_what_waits_for_it_until_it_has_approved():
    team = Team(3)
    assert (of(team.finance), of(team.sales)) == ([], [])
    team.submit()
    assert of(team.finance) == of(team.sales) == ["Approve 3 packets"]

    team.approve(team.finance)

    assert (of(team.finance), of(team.sales)) == ([], ["Approve 3 packets"])
    team.approve(team.sales)
    assert of(team.sales) == []


def test_an_approver_is_asked_for_exactly_what_their_page_counts(client):
    team = Team(2)
    own = AttendeeFactory(kickoff=team.kickoff, person=team.finance).person
    team.draft(own)
    team.submit()

    (item,) = waits(team.finance, TUESDAY, *OURS)
    approver = queries.approver_of(team.kickoff, team.finance.pk)

    assert item.count == len(queries.aggregates_for(approver).waiting) == 2
    assert (item.note, item.since, item.is_private) == ("Finance", MONDAY, True)
    client.force_login(team.finance)
    assert client.get(item.url).status_code == 200
    assert of(team.sales) == ["Approve 3 packets"]


def test_an_approver_of_another_kickoff_or_of_an_archived_one_is_asked_for_nothing():
    team, other = Team(1), Team(1)
    team.submit()
    assert of(other.finance) == []

    Kickoff.objects.filter(pk=team.kickoff.pk).update(status="ARCHIVED")
    assert of(team.finance) == []


def test_the_desk_says_what_lies_on_it_step_by_step():
    team = Team(2)
    assert of(team.revops) == ["Send 2 drafts for approval"]

    team.submit()
    assert of(team.revops) == []

    actions.return_packets(kickoff=team.kickoff, by=team.finance, at=TUESDAY, reason="Too high")
    assert of(team.revops) == ["Send 2 packets for approval again"]

    team.submit()
    for person in (team.finance, team.sales):
        team.approve(person)
    assert of(team.revops) == ["Release 2 approved packets"]

    team.draft(team.reps[0], at=TUESDAY, quota="1000000")
    assert sorted(of(team.revops)) == [
        "Release 1 approved packet",
        "Send 1 packet for approval again",
    ]


def test_a_declined_packet_waits_for_revops_until_a_new_version_is_drafted(kickoff, rep, released):
    revops = released.released_by
    sign(released)
    decline(released)
    assert of(revops) == ["Look at 1 declined packet"]

    import_one(kickoff, rep, at=TUESDAY, quota="950000")

    assert of(revops) == ["Send 1 draft for approval"]


def test_an_embargo_waits_for_nobody_unless_it_is_over_and_does_not_lift(kickoff, rep):
    over = TUESDAY + timedelta(days=2)
    import_one(kickoff, rep)
    approve_all(kickoff)
    release = release_all(kickoff, until=Moment("", "", over)).release
    revops = release.by
    assert of(revops) == of(rep) == []

    assert of(revops, over + timedelta(minutes=1)) == []
    (item,) = waits(revops, over + timedelta(minutes=10), *OURS)

    assert item.title == "Let 1 packet out whose embargo is over"
    assert item.is_late(over + timedelta(minutes=10))
    assert of(rep, over + timedelta(minutes=10)) == []
    actions.lift_release(release_id=release.pk, at=over + timedelta(minutes=11), by=revops)
    assert of(revops, over + timedelta(minutes=12)) == []


def test_a_release_that_is_held_waits_until_revops_says_when_it_comes_out(kickoff, rep):
    over = TUESDAY + timedelta(days=2)
    import_one(kickoff, rep)
    approve_all(kickoff)
    release = release_all(kickoff, until=Moment("", "", over)).release
    revops = release.by
    PacketRelease.objects.filter(pk=release.pk).update(held_at=TUESDAY)

    (item,) = waits(revops, TUESDAY, *OURS)
    assert (item.title, item.since) == ("Say when 1 packet comes out", TUESDAY)
    assert not item.is_late(over + timedelta(days=1))
    assert of(revops, over + timedelta(days=1)) == ["Say when 1 packet comes out"]
    assert of(rep) == []

    actions.confirm_release(
        release_id=release.pk, until=Moment("", "", over), by=revops, at=TUESDAY
    )
    assert of(revops) == []


def test_no_release_is_asked_for_in_a_kickoff_that_is_still_a_draft():
    team = Team(1)
    Kickoff.objects.filter(pk=team.kickoff.pk).update(status="DRAFT")
    assert of(team.revops) == ["Send 1 draft for approval"]
    team.submit()

    assert of(team.finance) == ["Approve 1 packet"]
    for person in (team.finance, team.sales):
        team.approve(person)
    assert of(team.revops) == []


def test_nothing_of_the_desk_waits_for_anybody_else_nor_in_an_archived_kickoff():
    team = Team(1)
    assert of(PlannerFactory()) == of(ExecutiveFactory()) == of(team.finance) == []

    Kickoff.objects.filter(pk=team.kickoff.pk).update(status="ARCHIVED")
    assert of(team.revops) == []


def test_the_desk_and_what_waits_count_the_same(client):
    team = Team(4)
    team.join(2)
    team.submit(packet_ids=list(PacketVersion.objects.values_list("packet", flat=True)[:4]))
    for person in (team.finance, team.sales):
        team.approve(person)
    team.draft(team.reps[0], at=TUESDAY, quota="1000000")
    client.force_login(team.revops)

    desk = client.get(reverse("events:packets:delivery:desk", args=[team.kickoff.slug])).context
    counts = {item.kind: item.count for item in waits(team.revops, TUESDAY, *OURS)}

    assert counts["packets.release"] == desk["approved"] == 3
    assert counts["packets.again"] == desk["lapses"].count == 1
    assert counts["packets.again"] + counts["packets.draft"] == desk["drafts"] == 3


def test_the_desk_and_what_waits_count_a_round_that_came_back_the_same(client):
    team = Team(3)
    team.submit()
    team.take_back()
    client.force_login(team.revops)

    desk = client.get(reverse("events:packets:delivery:desk", args=[team.kickoff.slug])).context
    (item,) = waits(team.revops, TUESDAY, *OURS)

    assert (item.kind, item.count) == ("packets.again", len(desk["to_send_again"]))


def test_every_address_opens_for_whom_it_is_said(client, kickoff, rep, released):
    sign(released)
    decline(released)
    people = [rep, released.released_by]

    for person in people:
        client.force_login(person)
        for item in waits(person, TUESDAY, *OURS):
            assert client.get(item.url.partition("#")[0]).status_code == 200, item.url


@pytest.mark.parametrize("count", [1, 12, 60])
def test_it_takes_as_many_queries_for_any_number_of_people(count, django_assert_num_queries):
    team = Team(0)
    for _ in range(count):
        kickoff = team.kickoff if count < 12 else KickoffFactory()
        rep = AttendeeFactory(kickoff=kickoff).person
        PacketVersionFactory(packet=PacketFactory(kickoff=kickoff, rep=rep))
        team.reps.append(rep)
    team.join(1)
    team.submit()
    people = [*team.reps, team.finance, team.sales, team.revops]

    with django_assert_num_queries(2):
        found = list(waiting.find(people, TUESDAY))
    with django_assert_num_queries(2):
        assert list(waiting.find_on_desk(people, TUESDAY)) == []
    assert len(found) == count + 2
    with django_assert_num_queries(0):
        assert list(waiting.find_on_desk(team.reps, TUESDAY)) == []
