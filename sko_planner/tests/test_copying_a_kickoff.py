"""A kickoff takes over the plan of another one: what was planned, neither people nor results."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from agenda.sessions.models import SessionPerson
from agenda.tests.factories import SessionFactory
from core.tests.races import at_once
from events.bets.models import BetReading, BigBet, SuggestedAction
from events.budget.actions.lines import Figures, Words, add_line
from events.budget.actions.settings import Settings, begin_budget
from events.kickoff.actions import CopyUnseen, KickoffRefused, copy_kickoff
from events.kickoff.models import Kickoff
from events.kickoff.queries import learned_of
from events.planning.models import Dependency, PlanningTask, TaskItem, WorkstreamOwner
from events.readiness.models import Waiver
from events.tests.factories import (
    KickoffFactory,
    PlanningTaskFactory,
    QuestionFactory,
    TopicFactory,
)
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory
from reinforcement.campaigns.actions import fill_plan

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


class World:
    """A past kickoff with something of everything, and one that is a year ahead."""

    def __init__(self):
        self.planner = PlannerFactory()
        self.past = KickoffFactory(name="One Motion", status="ENDED", ended_at=AT)
        self.next = KickoffFactory(
            name="Unbroken",
            status="DRAFT",
            starts_date=date(2028, 2, 1),
            ends_date=date(2028, 2, 2),  # a day shorter
        )
        self.bets()
        self.timeline()
        self.session = SessionFactory(
            kickoff=self.past,
            title="Clinic",
            starts_at=datetime(2027, 2, 2, 13, tzinfo=UTC),
            owner=self.planner,
        )
        self.session.bets.add(self.bet)
        SessionFactory(
            kickoff=self.past,
            title="The last",
            room=self.session.room,
            starts_at=datetime(2027, 2, 4, 13, tzinfo=UTC),
        )
        SessionPerson.objects.create(session=self.session, person=self.planner)
        self.budget()
        self.topic()

    def topic(self):
        """On one step of the campaign, with a question."""
        fill_plan(self.past, self.planner, AT)
        topic = TopicFactory(
            kickoff=self.past, name="Buying groups", behaviour="map one", bet=self.bet
        )
        QuestionFactory(topic=topic)
        self.past.campaign.activities.filter(day_offset=30).first().topics.add(topic)

    def bets(self):
        self.bet = BigBet.objects.create(
            kickoff=self.past,
            position=1,
            title="Win the group",
            metric="Deals",
            unit="%",
            baseline=40,
            target=60,
            owner=self.planner,
        )
        SuggestedAction.objects.create(
            bet=self.bet, cadence="WEEKLY", words="Add a buyer", by_date=date(2027, 5, 5)
        )
        for month, value in ((4, 51), (5, 62)):
            read = {"bet": self.bet, "month": date(2027, month, 1), "read_at": AT}
            BetReading.objects.create(**read, value=value)

    def timeline(self):
        self.here, self.gone = PersonFactory(), PersonFactory(is_active=False)
        WorkstreamOwner.objects.create(kickoff=self.past, workstream="Partners", person=self.gone)
        own = {"kickoff": self.past, "done_at": AT, "baseline_days": 5}
        self.first = PlanningTaskFactory(
            **own,
            title="Quote",
            owner=self.here,
            offset=8,
            due_date=date(2027, 2, 25),
            baseline_date=date(2027, 2, 24),
        )
        self.second = PlanningTaskFactory(
            **own,
            title="Rig",
            workstream="Partners",
            owner=self.gone,
            offset=None,
            own_date=date(2027, 1, 4),
            baseline_date=date(2027, 3, 1),
        )
        Dependency.objects.create(task=self.first, predecessor=self.second, lag_days=2)
        TaskItem.objects.create(task=self.first, text="Ask", place=0, done_at=AT)

    def budget(self):
        settings = Settings(heads=10, reps=5, nights=2, rooms=1)
        budget = begin_budget(kickoff=self.past, settings=settings, by=self.planner, at=AT)
        for name, price, committed in (("Stage", 1000, 1300), ("Rooms", 200, 0)):
            add_line(
                budget=budget,
                words=Words(category="AV", name=name),
                figures=Figures(
                    basis="EVENT",
                    price=Decimal(price),
                    currency=budget.currency,
                    committed=Decimal(committed),
                ),
                reason="A second screen",
                by=self.planner,
                at=AT,
            )

    def copy(self, seen=None, **changes):
        """Copy as somebody does who has looked at what is copied."""
        wanted = {"source_id": self.past.pk, "target_id": self.next.pk, "by": self.planner}
        wanted |= {"at": AT, **changes}
        if seen is None:
            with pytest.raises(CopyUnseen) as unseen:
                copy_kickoff(**wanted, seen="")
            seen = unseen.value.copy.seal
        return copy_kickoff(**wanted, seen=seen)


@pytest.fixture
def world(db):
    return World()


def test_the_plan_comes_along_and_neither_people_nor_results(world):
    copy = world.copy()

    said = {part.name: list(part.says) for part in copy.parts}
    assert said["Timeline"] == ["2 tasks", "1 link between them", "1 step of checklists"]
    assert said["Agenda"] == ["2 sessions", "1 room", "1 session in the tray"]
    assert said["Big bets"] == ["1 bet", "1 suggested action", "1 begins at its last reading"]
    assert said["Topics"] == ["1 topic"]
    assert said["Budget"][0] == "2 lines as planned"
    assert len(said["Campaign"]) == 1

    bet = world.next.bets.get()
    assert (bet.title, bet.owner, bet.suggested) == ("Win the group", None, True)
    assert (bet.metric, bet.unit, bet.baseline, bet.target) == ("Deals", "%", 62, None)
    topic = world.next.topics.get()
    assert (topic.name, topic.behaviour, topic.bet) == ("Buying groups", "map one", bet)
    assert [step.day_offset for step in topic.activities.all()] == [30]
    assert not topic.questions.exists()
    assert bet.actions.get().by_date == date(2028, 5, 2)
    quote, rig = world.next.planning_tasks.order_by("title")
    assert (quote.owner, quote.done_at, quote.baseline_date, quote.offset) == (
        world.here,
        None,
        None,
        8,
    )
    assert (rig.owner, rig.own_date, rig.workstream) == (None, date(2028, 1, 3), "Partners")
    # Its eight weeks say 7 December; what it waits for ends on 3 January
    assert quote.due_date == date(2028, 1, 12)
    assert (quote.items.get().text, quote.items.get().done_at) == ("Ask", None)
    assert WorkstreamOwner.objects.get(kickoff=world.next).person is None
    clinic = world.next.sessions.get(title="Clinic")
    assert clinic.starts_at == world.session.starts_at + timedelta(days=364)
    assert (list(clinic.bets.all()), clinic.people.count()) == ([bet], 0)
    assert world.next.sessions.get(title="The last").starts_at is None
    line = world.next.budget.lines.get(name="Stage")
    revision = line.revisions.get()
    assert (revision.price, revision.committed, revision.paid) == (1000, 0, 0)
    assert not world.next.attendees.exists()
    steps = world.next.campaign.activities
    assert steps.count() == world.past.campaign.activities.count() > 0


def test_looking_changes_nothing_and_a_second_copy_adds_nothing(world):
    with pytest.raises(CopyUnseen):
        copy_kickoff(
            source_id=world.past.pk, target_id=world.next.pk, by=world.planner, at=AT, seen="x"
        )
    assert not world.next.planning_tasks.exists()
    assert not Entry.objects.filter(verb="kickoff.copied").exists()

    seal = world.copy().seal
    for seen in ("", seal):
        with pytest.raises(KickoffRefused, match="has all of its own"):
            world.copy(seen=seen)
    assert world.next.planning_tasks.count() == 2

    PlanningTask.objects.filter(kickoff=world.next).delete()
    copy = world.copy()
    assert [part.name for part in copy.parts if not part.is_held] == ["Timeline"]
    assert world.next.bets.count() == 1


def test_what_counts_from_a_comp_plan_whose_date_nobody_says_any_more_keeps_its_distance(world):
    PlanningTask.objects.filter(pk=world.first.pk).update(counts_from="BEFORE_PLAN")
    Dependency.objects.all().delete()

    world.copy()

    copied = world.next.planning_tasks.get(title="Quote")
    assert (copied.own_date, copied.due_date) == (date(2028, 2, 24), date(2028, 2, 24))


def test_only_a_kickoff_that_is_ahead_takes_over_a_plan(world):
    with pytest.raises(KickoffRefused, match="into itself"):
        world.copy(source_id=world.next.pk, seen="")
    with pytest.raises(KickoffRefused, match="is ahead"):
        world.copy(source_id=world.next.pk, target_id=world.past.pk, seen="")
    Kickoff.objects.filter(pk=world.next.pk).update(status="ARCHIVED")
    with pytest.raises(KickoffRefused, match="is ahead"):
        world.copy(seen="")


def test_what_it_taught_stands_beside_it(world):
    Waiver.objects.create(
        kickoff=world.past,
        check_key="bets.owners",
        reason="Named in June",
        until_date=AT.date(),
        by=world.planner,
        made_at=AT,
    )
    taught = {one.name: list(one.says) for one in learned_of(world.past, AT)}

    assert taught == {
        "Timeline": ["Logistics: 1 of 1 tasks slipped, by 3 working days: “Quote”."],
        "Big bets": ["“Win the group” met its target: 62 of 60 %."],
        "Budget": [
            "It came to $1,500, 25% over the plan of $1,200.",
            "“Stage” was $300 over: A second screen",
        ],
        "Readiness": ["Waived: An owner for each bet. Named in June"],
    }
    assert learned_of(world.next, AT) == []


def test_a_planner_makes_a_kickoff_as_a_copy_and_sees_what_comes_along(
    world, client, time_machine, django_assert_max_num_queries
):
    time_machine.move_to(AT, tick=False)
    client.force_login(world.planner)
    new = {
        "name": "Third",
        "fiscal_year": "FY29",
        "starts_date": "2029-02-06",
        "ends_date": "2029-02-08",
        "format": "IN_PERSON",
        "time_zone": "UTC",
        "currency": "USD",
        "template": "SUMMIT",
        "copy_of": world.past.slug,
    }
    page = client.post(reverse("events:kickoff:create"), new, follow=True)
    third = Kickoff.objects.get(name="Third")
    url = reverse("events:kickoff:copy", args=[third.slug])
    assert page.redirect_chain[-1][0] == f"{url}?source={world.past.slug}"
    assert "met its target" in page.content.decode()
    with django_assert_max_num_queries(15):
        client.get(f"{url}?source={world.past.slug}")
    assert not third.planning_tasks.exists()

    shown = client.post(url, {"source": world.past.slug})
    assert "2 tasks" in shown.content.decode()
    assert not third.planning_tasks.exists()
    seen = shown.context["copy"].seal
    assert client.post(url, {"source": world.past.slug, "seen": seen}).status_code == 302
    assert third.planning_tasks.count() == 2
    for source in ("no-such", third.slug, ""):
        assert client.post(url, {"source": source}).status_code == 422
    client.force_login(PersonFactory())
    assert client.post(url, {"source": world.past.slug, "seen": seen}).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_copy_at_once_copy_once():
    world = World()
    with pytest.raises(CopyUnseen) as unseen:
        world.copy(seen="")
    seal = unseen.value.copy.seal

    at_once(lambda: world.copy(seen=seal), times=2, refusals=KickoffRefused)

    assert (world.next.planning_tasks.count(), world.next.bets.count()) == (2, 1)
