"""One word, one number: a roster with every kind of person, and each page that counts it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agenda.sessions.queries.draft import draft_of
from agenda.tests.factories import SessionFactory
from events.attendance.models import Attendee
from events.attendance.queries import headcounts
from events.packets.coverage.queries.counts import coverage_of
from events.prework import actions as prework
from events.prework import queries as prework_queries
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    KickoffFactory,
    PacketVersionFactory,
)
from people.tests.factories import (
    ExecutiveFactory,
    PersonFactory,
    PlannerFactory,
    RevOpsFactory,
)

pytestmark = pytest.mark.django_db
ASKED = datetime(2026, 12, 1, tzinfo=UTC)
ANSWERED = {"invited_at": ASKED, "answered_at": ASKED}
# Who is on the roster: kind, answer, what else, whether a packet is out, whether they have left
PEOPLE = [
    ("REP", "YES", ANSWERED, True, False),
    ("REP", "YES", ANSWERED, False, False),
    ("REP", "PENDING", {"invited_at": ASKED}, True, False),
    ("REP", "PENDING", {}, False, False),
    ("REP", "NO", ANSWERED, True, False),
    ("REP", "YES", ANSWERED, True, True),
    ("REP", "PENDING", {}, False, True),
    ("MANAGER", "YES", {"answered_at": ASKED}, False, False),
    ("STAFF", "PENDING", {"invited_at": ASKED}, False, False),
    ("GUEST", "NO", ANSWERED, False, False),
    ("SPEAKER", "YES", ANSWERED, False, True),
]
TOTAL, COMING, DECLINED, PENDING, TAKING_PART = 8, 3, 2, 3, 6
REPS, WITH_PACKET, LEFT = 5, 3, 3


class Roster:
    """The people of `PEOPLE` at a kickoff that is a month away."""

    def __init__(self):
        today = timezone.now().date()
        self.kickoff = KickoffFactory(
            starts_date=today + timedelta(days=30), ends_date=today + timedelta(days=32)
        )
        self.manager = PersonFactory()
        for kind, rsvp, rest, has_packet, has_left in PEOPLE:
            person = PersonFactory(
                manager=self.manager, leave_date=today - timedelta(days=9) if has_left else None
            )
            AttendeeFactory(kickoff=self.kickoff, person=person, kind=kind, rsvp=rsvp, **rest)
            if has_packet:
                PacketVersionFactory(packet__kickoff=self.kickoff, packet__rep=person)
        self.session = SessionFactory(
            kickoff=self.kickoff, starts_at=self.kickoff.doors_open_at + timedelta(hours=2)
        )
        self.assignment = AssignmentFactory(kickoff=self.kickoff, published_at=None)


@pytest.fixture
def roster():
    return Roster()


def read(client, person, name, *args):
    """A page as its reader sees it: words alone."""
    client.force_login(person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_each_word_is_counted_as_it_is_defined(roster, django_assert_num_queries):
    now = timezone.now()
    with django_assert_num_queries(1):
        heads = headcounts(roster.kickoff, now)

    assert (heads.total, heads.coming, heads.declined, heads.pending) == (
        TOTAL, COMING, DECLINED, PENDING,
    )  # fmt: skip
    assert (heads.taking_part, heads.receiving_packets) == (TAKING_PART, REPS)
    assert (heads.invited, heads.to_invite, heads.checked_in) == (7, 1, 0)
    assert headcounts(roster.kickoff, now).left == LEFT
    people = Attendee.objects.filter(kickoff=roster.kickoff)
    for word in ("invited", "coming", "taking_part", "receiving_packets"):
        assert getattr(people, word)(now).count() == getattr(heads, word)


@pytest.mark.parametrize("reader", [PlannerFactory, ExecutiveFactory])
def test_the_homes_say_who_takes_part_who_comes_and_who_gets_a_packet(roster, client, reader):
    page = read(client, reader(), "kickoff_home", roster.kickoff.slug)

    assert f"{TAKING_PART} people take part" in page
    assert f"{COMING} of {TOTAL} people are coming" in page
    assert f"of {REPS}" in page
    if reader is PlannerFactory:
        assert f"Not answered {PENDING} Not coming {DECLINED}" in page
        assert f"Reps, each of whom gets a packet {REPS}" in page
        assert f"{REPS - WITH_PACKET} reps have no packet" in page


def test_the_roster_says_the_same_and_how_many_have_left(roster, client):
    page = read(client, PlannerFactory(), "events:attendance:roster", roster.kickoff.slug)

    assert f"{TOTAL} on the roster: {COMING} coming, {DECLINED} not coming, {PENDING} have" in page
    assert f"{LEFT} more have left the company" in page
    assert "Invite one person" in page


def test_the_list_of_kickoffs_says_who_takes_part(roster, client):
    page = read(client, PlannerFactory(), "events:kickoff:list")

    assert re.search(rf"\b{TAKING_PART}\b", page[page.index(roster.kickoff.name) :])


def test_coverage_the_desk_and_the_export_count_each_rep_who_is_still_here(roster, client):
    slug, all_ = roster.kickoff.slug, coverage_of(roster.kickoff, timezone.now()).all
    assert (all_.total, all_.released) == (REPS, WITH_PACKET)

    planner, revops = PlannerFactory(), RevOpsFactory()
    assert f"0 of {REPS} have signed" in read(
        client, planner, "events:packets:coverage:board", slug
    )
    desk = read(client, revops, "events:packets:delivery:desk", slug)
    assert f"0 of {REPS} have signed" in desk
    assert f"comp plan for {REPS} reps" in desk
    assert "2 reps in the list below have left the company" in desk
    export = client.get(reverse("events:packets:coverage:export", args=[slug]))
    assert len(export.getvalue().decode().strip().splitlines()) == 1 + REPS


def test_a_manager_sees_the_reps_below_them_who_are_still_here(roster, client):
    AttendeeFactory(kickoff=roster.kickoff, person=roster.manager, kind="MANAGER")

    page = read(client, roster.manager, "events:packets:coverage:report", roster.kickoff.slug)

    assert f"All {REPS}" in page


def test_sessions_and_pre_work_are_for_those_who_take_part(roster, client):
    kickoff, planner, now = roster.kickoff, PlannerFactory(), timezone.now()
    assert draft_of(kickoff).sessions[roster.session.pk].expected == TAKING_PART
    assert prework_queries.reach(roster.assignment, now) == TAKING_PART
    given = prework.assign_prework(assignment_id=roster.assignment.pk, by=planner, at=now)
    assert given == TAKING_PART

    page = read(client, planner, "events:prework:missing", kickoff.slug, roster.assignment.pk)
    assert f"of {TAKING_PART}" in page


def test_whoever_leaves_or_declines_afterwards_counts_no_more(roster):
    kickoff, now = roster.kickoff, timezone.now()
    prework.assign_prework(assignment_id=roster.assignment.pk, by=PlannerFactory(), at=now)
    one, other = Attendee.objects.filter(kickoff=kickoff).taking_part(now).order_by("pk")[:2]
    roster.assignment.items.filter(person=one.person).update(state="DONE", done_at=now)
    one.person.leave_date = now.date() - timedelta(days=9)
    one.person.save()
    Attendee.objects.filter(pk=other.pk).update(rsvp="NO", answered_at=now)

    progress = prework_queries.prework_summary(kickoff, now).progress

    assert (progress.total, progress.done) == (TAKING_PART - 2, 0)
    assert headcounts(kickoff, now).taking_part == TAKING_PART - 2
    assert draft_of(kickoff).sessions[roster.session.pk].expected == TAKING_PART - 2
