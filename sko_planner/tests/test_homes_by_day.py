"""The homes of those at a desk: before, during and after; with nothing, ordinary work, all late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionFactory, SessionPersonFactory
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    PacketApproverFactory,
    PacketVersionFactory,
    PlanningTaskFactory,
    PreworkItemFactory,
)
from events.tests.world import build_world
from people.tests.factories import PersonFactory
from people.waiting.hooks import find_shared, find_waiting
from reinforcement.tests.factories import NoteFactory, TouchFactory
from sko_planner.home import during

pytestmark = [pytest.mark.look, pytest.mark.django_db]
TODAY = datetime.now(UTC).date()  # the pages ask the clock
BEFORE = {"starts_date": TODAY + timedelta(20), "ends_date": TODAY + timedelta(22)}
DURING = {"starts_date": TODAY - timedelta(1), "ends_date": TODAY + timedelta(1)}
AFTER = {"starts_date": TODAY - timedelta(43), "ends_date": TODAY - timedelta(41)}


def page_of(world, role="planner"):
    client = Client()
    client.force_login(world[role])
    answer = client.get(reverse("kickoff_home", args=[world.kickoff.slug]), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def main_of(html):
    return html.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("days", [BEFORE, DURING, AFTER], ids=["before", "during", "after"])
def test_a_planner_for_whom_nothing_waits_reads_that(days):
    assert "Nothing waits for you" in main_of(page_of(build_world(**days)))


def test_before_the_event_a_planner_sees_what_blocks_and_what_is_late():
    world = build_world(**BEFORE)
    PlanningTaskFactory.create_batch(
        7, kickoff=world.kickoff, owner=world["planner"], own_date=TODAY - timedelta(3)
    )
    html = main_of(page_of(world))

    assert "7 things wait for you" in html
    assert "and 2 more" in html
    assert html.index("things wait for you") < html.index("checks need you")
    assert "k-fold" not in html


def test_during_the_event_a_planner_sees_the_day_and_who_is_missing():
    world = build_world(**DURING)
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    SessionFactory(kickoff=world.kickoff, title="Runs", starts_at=now)
    SessionFactory(kickoff=world.kickoff, title="Over", starts_at=now - timedelta(hours=2))
    release_agenda(kickoff=world.kickoff, by=world["planner"], at=now, override_reason="in a test")
    html = main_of(page_of(world))

    assert "1 session runs now" in html
    assert "Runs" in html.partition("Who is missing")[0]
    assert "Over" not in html.partition("Who is missing")[0]
    assert "Have not checked in" in html
    assert "checks need you" in html.partition("k-fold")[2]


def test_what_comes_next_begins_at_one_moment_and_tomorrow_when_today_is_over(monkeypatch):
    world = build_world(starts_date=date(2027, 2, 2), ends_date=date(2027, 2, 3))
    shown = {
        date(2027, 2, 2): [Shown("Morning", 9), Shown("Clinic A", 14), Shown("Clinic B", 14)],
        date(2027, 2, 3): [Shown("Second day", 9, day=3)],
    }
    monkeypatch.setattr(during, "_sessions", lambda kickoff, day: shown[day])

    noon = during.today_of(world.kickoff, datetime(2027, 2, 2, 12, tzinfo=UTC))
    night = during.today_of(world.kickoff, datetime(2027, 2, 2, 22, tzinfo=UTC))

    assert (noon.now, [one.title for one in noon.next]) == ((), ["Clinic A", "Clinic B"])
    assert [one.title for one in night.next] == ["Second day"]


class Shown:
    def __init__(self, title, hour, day=2):
        self.title = title
        self.starts_at = datetime(2027, 2, day, hour, tzinfo=UTC)
        self.ends_at = self.starts_at + timedelta(hours=1)


def test_after_the_event_a_planner_sees_the_90_days_and_the_rest_is_folded():
    world = build_world(**AFTER)
    AssignmentFactory(kickoff=world.kickoff, title="Pre-work of October")
    late_touches(world, "rep", "peer", "peer")
    html = main_of(page_of(world))
    opened, _fold, folded = html.partition("k-fold")

    assert "3 follow-ups are late, by manager" in opened
    assert opened.index("佐藤 美咲") < opened.index("Søren Lindqvist")
    assert "Aïcha" not in opened
    assert "Pre-work of October" not in opened
    assert "Pre-work of October" in folded


def late_touches(world, *roles):
    long_ago = datetime.now(UTC) - timedelta(days=20)
    for role in roles:
        TouchFactory(
            activity__campaign__kickoff=world.kickoff,
            person=world[role],
            due_at=long_ago,
            overdue_at=long_ago + timedelta(days=7),
        )


def test_packets_are_red_only_for_whom_nothing_is_under_way():
    world = build_world(**BEFORE)
    assert "k-bx" in page_of(world)

    for role in ("rep", "peer"):
        PacketVersionFactory(
            packet__kickoff=world.kickoff,
            packet__rep=world[role],
            state="DRAFT",
            submitted_at=datetime.now(UTC),
        )
    html = page_of(world)
    assert "k-bx" not in html
    assert "2 packets are with their approvers or come out as planned." in html

    AttendeeFactory(kickoff=world.kickoff)
    assert "1 rep has no packet." in page_of(world)


@pytest.mark.parametrize("role", ["planner", "executive", "manager", "rep"])
@pytest.mark.parametrize("days", [BEFORE, AFTER], ids=["before", "after"])
def test_whoever_approves_packets_reads_it_first_wherever_they_sign_in(role, days):
    world = build_world(**days)
    PacketApproverFactory(kickoff=world.kickoff, person=world[role], kind="FINANCE")
    for _one in range(6):
        PacketVersionFactory(
            packet__kickoff=world.kickoff,
            packet__rep=AttendeeFactory(kickoff=world.kickoff).person,
            state="DRAFT",
            submitted_at=datetime.now(UTC),
        )
    PlanningTaskFactory(
        kickoff=world.kickoff, owner=world["planner"], own_date=TODAY - timedelta(3)
    )
    html = main_of(page_of(world, role))

    assert "Approve 6 packets" in html
    for later in ("checks", "My packet", "Next thing to do"):
        assert html.index("Approve 6 packets") < (html.find(later) if later in html else len(html))


def test_an_executive_sees_who_coaches_unless_they_are_few():
    world = build_world(**AFTER)
    assert "held a 1:1" not in page_of(world, "executive")

    managers = [PersonFactory() for _one in range(5)]
    for manager in managers:
        AttendeeFactory(kickoff=world.kickoff, person=PersonFactory(manager=manager))
    NoteFactory(
        kickoff=world.kickoff,
        manager=managers[0],
        rep=managers[0].reports.get(),
        happened_on=TODAY - timedelta(3),
    )
    html = page_of(world, "executive")

    assert "1 of 7 managers held a 1:1 in the last 14 days" in html
    assert managers[0].full_name not in html


@pytest.mark.parametrize("role", ["planner", "executive", "manager", "revops"])
@pytest.mark.parametrize("days", [BEFORE, DURING, AFTER], ids=["before", "during", "after"])
def test_the_queries_of_a_home_do_not_grow(role, days):
    world = build_world(**days)
    counts = []
    for more in (1, 2, 6):
        for _one in range(more):
            rep = PersonFactory(manager=world["manager"])
            AttendeeFactory(kickoff=world.kickoff, person=rep)
            PreworkItemFactory(assignment=AssignmentFactory(kickoff=world.kickoff), person=rep)
            PlanningTaskFactory(kickoff=world.kickoff, owner=world["planner"])
            SessionFactory(kickoff=world.kickoff)
            late_touches(world, "rep" if more == 1 else "peer")
            PacketVersionFactory(packet__kickoff=world.kickoff, packet__rep=rep, state="RELEASED")
        with CaptureQueriesContext(connection) as seen:
            page_of(world, role)
        counts.append(len(seen))
    assert counts[1] >= counts[2], counts


@pytest.mark.usefixtures("a_minute")
@pytest.mark.parametrize("days", [BEFORE, DURING, AFTER], ids=["before", "during", "after"])
@pytest.mark.parametrize("role", ["planner", "executive"])
def test_within_a_minute_a_home_reads_what_is_somebodys_own_alone(role, days):
    """Beside what waits: who looks, the kickoff, and the frame."""
    world = build_world(**days)
    AssignmentFactory(kickoff=world.kickoff)
    url = reverse("kickoff_home", args=[world.kickoff.slug])
    client = Client()
    client.force_login(world[role])
    client.get(url)

    with find_waiting.only(), find_shared.only(), CaptureQueriesContext(connection) as seen:
        client.get(url)

    assert len(seen) <= 8, [query["sql"] for query in seen]


@pytest.mark.usefixtures("a_minute")
def test_whoever_mends_something_sees_it_mended_at_once(client):
    world = build_world(**BEFORE)
    url = reverse("kickoff_home", args=[world.kickoff.slug])
    other = Client()
    other.force_login(world["planner"])
    client.force_login(world["planner"])
    assert "The timeline is empty." in client.get(url).content.decode()

    PlanningTaskFactory(kickoff=world.kickoff)
    assert "The timeline is empty." in client.get(url).content.decode()
    client.post(reverse("events:kickoff:open", args=[world.kickoff.slug]))

    assert "The timeline is empty." not in client.get(url).content.decode()
    assert "The timeline is empty." not in other.get(url).content.decode()


def test_revops_reads_above_the_packets_what_waits_for_them():
    world = build_world(**BEFORE)
    assert "Nothing waits for you." in main_of(page_of(world, "revops"))

    for role in ("rep", "peer"):
        PacketVersionFactory(
            packet__kickoff=world.kickoff, packet__rep=world[role], state="APPROVED"
        )
    html = main_of(page_of(world, "revops"))

    assert "2 things wait for you:" in html
    assert html.index("Release 2 approved packets") < html.index("<table")


def test_an_approver_without_a_seat_lands_on_the_packets_that_wait_for_them():
    world = build_world(**BEFORE)
    PacketApproverFactory(kickoff=world.kickoff, person=world["outsider"], kind="FINANCE")
    client = Client()
    client.force_login(world["outsider"])

    answer = client.get(reverse("home"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse(
        "events:packets:delivery:approval", args=[world.kickoff.slug]
    )


def test_whoever_leads_a_session_without_a_seat_lands_on_what_it_lacks():
    world = build_world(**BEFORE)
    session = SessionFactory(kickoff=world.kickoff, outcome="", owner=world["planner"])
    SessionPersonFactory(session=session, person=world["outsider"], part="FACILITATOR")
    client = Client()
    client.force_login(world["outsider"])

    answer = client.get(reverse("home"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse(
        "agenda:sessions:speaking", args=[world.kickoff.slug]
    )
    page = main_of(answer.content.decode())
    assert f"Say what people can do after “{session.title}”" in page
    assert f"Send it to {world['planner'].full_name}" in page
