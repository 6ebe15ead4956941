"""The week of a plan: what it tells whom, and that each is told once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from core.tests.races import at_once
from events.planning import actions, queries
from events.planning.actions.digest import DIGEST
from events.planning.models import Dependency, PlanDigest, PlanningTask
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.mail.models import Message
from people.notices.models import Choice, Notice
from people.tests.factories import ExecutiveFactory, PersonFactory, PlannerFactory

MONDAY = datetime(2027, 1, 11, 8, tzinfo=UTC)


class World:
    """A plan whose baseline is frozen, with two owners and a sponsor, all in UTC."""

    def __init__(self):
        self.planner = PlannerFactory(full_name="Priya Raghunathan")
        self.kickoff = KickoffFactory(owner=self.planner)
        self.ines = PersonFactory(full_name="Inês Carvalhal")
        self.chidi = PersonFactory(full_name="Chidi Okonkwo", country="GB")
        self.sponsor = ExecutiveFactory()
        own = {"kickoff": self.kickoff}
        self.quote = PlanningTaskFactory(
            **own, owner=self.ines, title="Quote", offset=4, due_date=date(2027, 1, 5)
        )
        self.rig = PlanningTaskFactory(
            **own, owner=self.chidi, title="Rig", offset=3, due_date=date(2027, 1, 12)
        )
        self.badges = PlanningTaskFactory(
            **own, owner=self.chidi, title="Badges", done_at=MONDAY - timedelta(days=3)
        )
        PlanningTaskFactory(**own, owner=self.ines, done_at=MONDAY - timedelta(days=8))
        Dependency.objects.create(task=self.rig, predecessor=self.quote)
        actions.freeze_baseline(
            kickoff=self.kickoff, by=self.planner, at=MONDAY - timedelta(days=9)
        )
        details = actions.Details.of(self.quote)
        actions.update_task(
            task_id=self.quote.pk,
            details=type(details)(
                **{
                    **{name: getattr(details, name) for name in details.__slots__},
                    "own_date": date(2027, 1, 8),
                }
            ),
            by=self.planner,
            at=MONDAY - timedelta(days=2),
        )

    def told(self):
        return dict(Notice.objects.filter(kind=DIGEST.name).values_list("person__pk", "title"))


@pytest.fixture
def world(db):
    return World()


def test_the_week_says_what_was_done_what_slipped_why_and_what_is_next(world):
    week = queries.week_of(world.kickoff, MONDAY)

    assert list(week.done) == [world.badges]
    assert [(slip.task, slip.days, slip.reason) for slip in week.slipped] == [
        (world.quote, 3, "Priya Raghunathan moved it on Sat 9 Jan"),
        (world.rig, 3, "it waits for “Quote”"),
    ]
    assert list(week.ahead) == [world.quote, world.rig]
    own = week.of(world.ines)
    assert (list(own.done), [slip.task for slip in own.slipped]) == ([], [world.quote])


def test_owners_and_sponsors_are_told_at_eight_on_the_first_working_day_once_a_week(world):
    assert actions.send_digests(MONDAY - timedelta(minutes=1)) == {"told": 0}
    assert actions.send_digests(MONDAY - timedelta(days=1)) == {"told": 4}  # Monday, 4 January
    Notice.objects.all().delete()

    for at in (MONDAY, MONDAY, MONDAY + timedelta(days=3)):
        actions.send_digests(at)

    name = world.kickoff.name
    assert world.told() == {
        world.planner.pk: f"{name}, the week: 1 done, 2 slipped, 2 next",
        world.sponsor.pk: f"{name}, the week: 1 done, 2 slipped, 2 next",
        world.ines.pk: f"{name}, the week: 0 done, 1 slipped, 1 next",
        world.chidi.pk: f"{name}, the week: 1 done, 1 slipped, 1 next",
    }
    assert PlanDigest.objects.count() == 8


def test_a_holiday_and_leave_move_it_and_who_has_nothing_to_read_gets_nothing(world):
    PlanningTask.objects.filter(owner=world.ines).delete()
    # 3 May 2027 is a bank holiday in Great Britain
    may = datetime(2027, 5, 3, 8, tzinfo=UTC)
    actions.send_digests(may)
    assert set(world.told()) == {world.planner.pk, world.sponsor.pk}
    actions.send_digests(may + timedelta(hours=23, minutes=59))
    assert world.chidi.pk not in world.told()
    actions.send_digests(may + timedelta(days=1))
    assert world.chidi.pk in world.told()

    PlanningTask.objects.update(done_at=MONDAY)
    Notice.objects.all().delete()
    actions.send_digests(may + timedelta(days=8))
    assert world.told() == {}
    assert actions.send_digests(may + timedelta(days=9)) == {"told": 0}


def test_it_is_mailed_as_each_chose_and_says_the_tasks(world):
    Choice.objects.create(person=world.sponsor, kind=DIGEST.name, delivery="once")
    Choice.objects.create(person=world.ines, kind=DIGEST.name, delivery="never")

    actions.send_digests(MONDAY)

    (mail,) = Message.objects.all()
    assert mail.person == world.sponsor
    assert "- Quote: +3 working days, due Fri 8 Jan; Priya Raghunathan moved it" in mail.body
    waits = Notice.objects.filter(kind=DIGEST.name).values_list("person", "waits_for_mail")
    assert dict(waits) == {
        world.sponsor.pk: False,
        world.ines.pk: False,
        world.chidi.pk: True,
        world.planner.pk: True,
    }


def test_the_page_shows_each_what_is_theirs(
    world, client, time_machine, django_assert_max_num_queries
):
    time_machine.move_to(MONDAY, tick=False)
    url = reverse("events:planning:digest", args=[world.kickoff.slug])
    for person, names in (
        (world.planner, {"Quote", "Rig", "Badges"}),
        (world.sponsor, {"Quote", "Rig", "Badges"}),
        (world.chidi, {"Rig", "Badges"}),
    ):
        client.force_login(person)
        client.get(url)
        with django_assert_max_num_queries(15):
            html = " ".join(client.get(url).content.decode().split())
        bare = html.replace(" >", ">").replace("> ", ">")
        assert {one for one in ("Quote", "Rig", "Badges") if f">{one}</bdi>" in bare} == names
    PlanningTask.objects.filter(owner=world.chidi).update(owner=None)
    assert client.get(url).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_tell_once():
    world = World()
    Choice.objects.create(person=world.sponsor, kind=DIGEST.name, delivery="once")

    at_once(lambda: actions.send_digests(MONDAY), times=2)

    assert Notice.objects.filter(kind=DIGEST.name).count() == 4
    assert Message.objects.count() == 1
