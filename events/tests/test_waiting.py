"""Invitations, bets, planning tasks and pre-work: for whom they wait, since when and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from events.attendance import waiting as attendance
from events.bets import waiting as bets
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.planning import waiting as planning
from events.planning.models import Workstream, WorkstreamOwner
from events.prework import waiting as prework
from events.prework.models import Assignment, PreworkItem
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PlanningTaskFactory,
    PreworkItemFactory,
)
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

BEFORE = datetime(2027, 1, 10, 12, tzinfo=UTC)
DURING = datetime(2027, 2, 3, 12, tzinfo=UTC)
AFTER = datetime(2027, 2, 5, 0, 1, tzinfo=UTC)
INVITED = datetime(2026, 12, 1, tzinfo=UTC)
UNSEEN = [Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED]


class TestInvitations:
    def test_one_waits_from_the_invitation_to_the_answer(self):
        seat = AttendeeFactory(invited_at=INVITED)

        (item,) = attendance.find([seat.person], BEFORE)

        assert (item.kind, item.since) == ("attendance.answer", INVITED)
        assert item.due_at == seat.kickoff.doors_open_at
        assert item.place.label == seat.kickoff.name
        assert "Lisbon" in item.title

    @pytest.mark.parametrize(
        "changes", [{"invited_at": None}, {"rsvp": "YES", "answered_at": BEFORE}]
    )
    def test_none_waits_before_it_is_sent_nor_after_the_answer(self, changes):
        seat = AttendeeFactory(**({"invited_at": INVITED} | changes))

        assert list(attendance.find([seat.person], BEFORE)) == []

    @pytest.mark.parametrize("status", UNSEEN)
    def test_none_waits_at_a_kickoff_that_is_not_shown(self, status):
        seat = AttendeeFactory(invited_at=INVITED, kickoff__status=status)

        assert list(attendance.find([seat.person], BEFORE)) == []

    def test_whoever_is_there_has_answered(self):
        seat = AttendeeFactory(invited_at=INVITED)

        assert list(attendance.find([seat.person], DURING)) == []


class TestBets:
    def test_a_suggested_bet_waits_for_its_owner_if_they_plan_else_for_the_kickoffs(self):
        kickoff, owner = KickoffFactory(), PlannerFactory()
        BigBet.objects.create(kickoff=kickoff, position=1, title="A", suggested=True, owner=owner)
        BigBet.objects.create(
            kickoff=kickoff, position=2, title="B", suggested=True, owner=PersonFactory()
        )
        BigBet.objects.create(kickoff=kickoff, position=3, title="C")

        found = bets.find([owner, kickoff.owner, PersonFactory()], BEFORE)

        assert [(item.person_id, item.note) for item in found] == [
            (owner.pk, "A"),
            (kickoff.owner_id, "B"),
        ]

    def test_nobody_is_asked_once_it_has_begun(self):
        kickoff = KickoffFactory()
        BigBet.objects.create(kickoff=kickoff, position=1, title="A", suggested=True)

        assert list(bets.find([kickoff.owner], DURING)) == []


class TestPlanning:
    def test_a_task_waits_for_its_owner_else_for_that_of_its_workstream(self):
        kickoff = KickoffFactory()
        owner, of_stream = PlannerFactory(), PlannerFactory()
        WorkstreamOwner.objects.create(
            kickoff=kickoff, workstream=Workstream.LOGISTICS, person=of_stream
        )
        PlanningTaskFactory(kickoff=kickoff, owner=owner, title="Mine")
        PlanningTaskFactory(kickoff=kickoff, title="The stream's")
        PlanningTaskFactory(kickoff=kickoff, workstream=Workstream.CONTENT, title="Nobody's")

        found = planning.find([owner, of_stream, kickoff.owner], BEFORE)

        assert {(item.person_id, item.title) for item in found} == {
            (owner.pk, "Mine"),
            (of_stream.pk, "The stream's"),
        }

    def test_it_is_late_when_its_day_is_over_at_the_venue_and_gone_when_it_is_done(self):
        task = PlanningTaskFactory(owner=PlannerFactory(), own_date=date(2027, 1, 10), offset=None)

        (item,) = planning.find([task.owner], BEFORE)
        assert item.due_at == datetime(2027, 1, 11, tzinfo=UTC)
        assert not item.is_late(BEFORE)
        task.done_at = BEFORE
        task.save()
        assert list(planning.find([task.owner], BEFORE)) == []

    def test_what_is_due_in_over_four_weeks_waits_for_nobody_yet(self):
        task = PlanningTaskFactory(owner=PlannerFactory(), own_date=date(2027, 2, 8), offset=None)

        assert list(planning.find([task.owner], BEFORE)) == []

    def test_it_waits_for_an_owner_who_plans_nothing_on_a_page_of_its_own(self):
        task = PlanningTaskFactory(owner=PersonFactory(), own_date=BEFORE.date())
        kickoff = task.kickoff

        (item,) = planning.find([task.owner, kickoff.owner], BEFORE)
        own = reverse("events:planning:task", args=[kickoff.slug, task.pk])
        assert (item.url, item.place.url) == (own, own)

        AttendeeFactory(kickoff=kickoff, person=task.owner)
        (item,) = planning.find([task.owner], BEFORE)
        assert (item.url, item.place) == (own, place_of(kickoff))

    def test_it_leads_a_planner_to_its_page(self):
        task = PlanningTaskFactory(owner=PlannerFactory(), own_date=BEFORE.date())

        (item,) = planning.find([task.owner], BEFORE)

        assert item.url == reverse("events:planning:task", args=[task.kickoff.slug, task.pk])
        assert item.place == place_of(task.kickoff)


class TestPrework:
    def test_it_waits_with_one_tap_where_nothing_is_handed_in(self):
        read = PreworkItemFactory(assignment__minutes=20)
        hand_in = PreworkItemFactory(
            person=read.person, assignment__kind=Assignment.Kind.SUBMIT, state="RETURNED"
        )

        found = {item.kind: item for item in prework.find([read.person], BEFORE)}

        assert found["prework.open"].act.url.endswith(f"/{read.pk}/done/")
        assert found["prework.open"].note == "20 minutes"
        assert found["prework.open"].due_at == read.assignment.due_at
        assert found["prework.returned"].act is None
        assert hand_in.assignment.title in found["prework.returned"].title

    @pytest.mark.parametrize(
        "changes",
        [
            {"state": PreworkItem.State.DONE, "done_at": BEFORE},
            {"assignment__withdrawn_at": BEFORE},
            {"assignment__published_at": None},
            {"assignment__kickoff__status": Kickoff.Status.DRAFT},
        ],
        ids=["done", "withdrawn", "not published", "of a draft"],
    )
    def test_it_does_not_wait(self, changes):
        item = PreworkItemFactory(**changes)

        assert list(prework.find([item.person], BEFORE)) == []

    def test_it_waits_until_the_event_is_over(self):
        item = PreworkItemFactory()

        assert [found.is_late(DURING) for found in prework.find([item.person], DURING)] == [True]
        assert list(prework.find([item.person], AFTER)) == []


@pytest.mark.parametrize("source", [attendance, bets, planning, prework])
def test_each_costs_the_same_for_one_and_for_many(source, django_assert_max_num_queries):
    people = PlannerFactory.create_batch(12)
    kickoff = KickoffFactory(owner=people[0])
    for number, person in enumerate(people):
        AttendeeFactory(kickoff=kickoff, person=person, invited_at=INVITED)
        PlanningTaskFactory(owner=person, own_date=BEFORE.date() + timedelta(days=number))
        PreworkItemFactory(person=person)
    BigBet.objects.create(kickoff=kickoff, position=1, title="A", suggested=True)

    with django_assert_max_num_queries(2):
        assert list(source.find(people, BEFORE))
    with django_assert_max_num_queries(0 if source is bets else 2):
        list(source.find([PersonFactory.build(pk=1)], BEFORE))
