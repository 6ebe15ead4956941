"""Panels beside all else: what waits, what moves, what is copied, what is found, and what goes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from agenda.insights.models import Insight
from agenda.panels import actions
from agenda.panels.access import find_panelists
from agenda.panels.actions.moving import forget_old, move_calls
from agenda.panels.actions.starting import copy_questions, suggest_questions
from agenda.panels.models import AudienceQuestion, Panelist, PanelQuestion
from agenda.panels.queries.readiness import check_readiness
from agenda.panels.waiting import find_calls, find_panels
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionPersonFactory
from agenda.tests.panels.factories import (
    IssueFactory,
    PanelFactory,
    PanelistFactory,
    PanelQuestionFactory,
)
from events.guests.models import Guest
from events.kickoff.hooks import Before, Severity
from events.tests.factories import KickoffFactory
from events.tests.world import build_world
from people.activity.models import Entry
from people.search.hooks import Search

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 11, 10, tzinfo=UTC)  # three weeks before the event of the world


@pytest.fixture
def world():
    world = build_world()
    session = PanelFactory(kickoff=world.kickoff, title="Three customers")
    SessionPersonFactory(session=session, person=world["other_manager"], part="FACILITATOR")
    world.things["session"] = session
    return world


@pytest.fixture
def session(world):
    return world.things["session"]


def waits(find, person, at=AT):
    return [(one.kind, one.title) for one in find([person], at) if one.waits(at)]


def test_a_prep_call_waits_for_whoever_holds_it_then_what_may_be_quoted(
    world, session, django_assert_max_num_queries
):
    panelist = PanelistFactory(session=session, name="Maren", prep_by=world["manager"])
    with django_assert_max_num_queries(1):
        assert waits(find_calls, world["manager"]) == [
            ("panels.call", "Hold the prep call with Maren")
        ]
    by = {"by": world["manager"], "at": AT}
    actions.hold_call(panelist=panelist, held_date=date(2027, 1, 10), notes="", agreed=[], **by)
    assert waits(find_calls, world["manager"]) == [
        ("panels.consent", "Ask Maren what may be quoted")
    ]
    actions.say_consent(panelist=panelist, places=[], **by)
    assert waits(find_calls, world["manager"]) == []


def test_a_missing_mix_waits_for_the_owner_from_eight_weeks_before(world, session):
    PanelistFactory(session=session, score=9)
    PanelistFactory(session=session, score=8)
    early = datetime(2026, 11, 1, tzinfo=UTC)
    assert waits(find_panels, world["planner"], early) == []
    assert waits(find_panels, world["planner"]) == [
        ("panels.mix", "Complete the panel “Three customers”")
    ]
    PanelistFactory(session=session, score=2)
    assert waits(find_panels, world["planner"]) == []


def test_questions_of_the_audience_wait_for_whoever_facilitates(
    world, session, django_assert_max_num_queries
):
    for _ in range(2):
        actions.hear_question(session=session, words="Why?", by=world["rep"], at=AT)
    with django_assert_max_num_queries(2):
        assert waits(find_panels, world["other_manager"]) == [
            ("panels.asked", "Look at 2 questions from the audience")
        ]
    assert waits(find_panels, world["other_manager"], session.ends_at) == []


def test_readiness_says_what_panels_lack(world, session):
    PanelistFactory(session=session, score=9)

    def found():
        return {one.check.key: one.severity for one in check_readiness(world.kickoff, AT)}

    assert found() == {
        "panels.mix": Severity.BLOCKS,
        "panels.calls": Severity.IMPROVE,
        "panels.consent": Severity.IMPROVE,
    }
    PanelistFactory(session=session, score=7)
    PanelistFactory(session=session, score=3)
    Panelist.objects.update(prep_held_date=date(2027, 1, 9), consent_at=AT)
    assert set(found().values()) == {Severity.MET}


def test_calls_that_were_not_held_move_with_the_event_and_their_holders_are_told(world, session):
    ahead = PanelistFactory(session=session, prep_by=world["manager"], prep_date=date(2027, 1, 20))
    held = PanelistFactory(
        session=session,
        prep_by=world["manager"],
        prep_date=date(2027, 1, 8),
        prep_held_date=date(2027, 1, 8),
    )
    kickoff = world.kickoff
    before = Before(kickoff.starts_date, kickoff.ends_date, kickoff.time_zone)
    kickoff.starts_date += timedelta(days=7)

    follows = move_calls(kickoff, before, world["planner"], AT)

    ahead.refresh_from_db()
    held.refresh_from_db()
    assert (ahead.prep_date, held.prep_date) == (date(2027, 1, 27), date(2027, 1, 8))
    assert list(follows.told) == [world["manager"].pk]


def test_the_template_begins_a_panel_with_three_issues_that_fit(world, session):
    suggest_questions(world.kickoff, world["planner"], AT)
    assert session.panel_issues.count() == 3
    minutes = session.panel_questions.values_list("minutes", flat=True)
    assert (len(minutes), sum(minutes) <= session.duration_minutes) == (6, True)


def test_a_copy_takes_questions_and_nobody_who_sat_there(world, session):
    question = PanelQuestionFactory(issue=IssueFactory(session=session), note="Press on")
    panelist = PanelistFactory(session=session)
    question.answerers.create(panelist=panelist, place=1)
    target = KickoffFactory()
    PanelFactory(kickoff=target, title="Three customers")

    copied = copy_questions(world.kickoff, target, world["planner"], AT)

    copy = PanelQuestion.objects.get(session__kickoff=target)
    assert (copy.words, copy.note, copy.answerers.count()) == (question.words, "Press on", 0)
    assert copied.says == ["1 question of a panel"]
    assert copy_questions(world.kickoff, target, world["planner"], AT).is_held
    assert not Panelist.objects.filter(session__kickoff=target).exists()


def test_contacts_go_90_days_after_the_event_and_all_after_two_years(world, session):
    PanelistFactory(session=session, email="m@nordhavn.example", sensitive="Their lawsuit")
    last = world.kickoff.ends_date

    def tick(days):
        forget_old(datetime(last.year, last.month, last.day, 3, tzinfo=UTC) + timedelta(days=days))

    tick(90)
    assert Panelist.objects.get().email
    tick(91)
    kept = Panelist.objects.get()
    assert (kept.email, kept.sensitive, bool(kept.forgotten_at)) == ("", "", True)
    tick(731)
    assert not Panelist.objects.exists()


def test_panelists_are_found_by_planners_and_whoever_facilitates(world, session):
    PanelistFactory(session=session, name="Maren Falk")

    def finds(role):
        return [one.label for one in find_panelists(Search(world[role], ["maren"], 5))]

    assert [finds(role) for role in ("planner", "other_manager", "rep")] == [
        ["Maren Falk"],
        ["Maren Falk"],
        [],
    ]


def test_a_question_without_a_name_leaves_no_trace_of_who_or_when(client, world, session):
    release_agenda(kickoff=world.kickoff, by=world["planner"], at=AT)
    client.force_login(world["rep"])
    room = reverse("agenda:panels:room", args=[world.kickoff.slug, session.pk])
    client.get(room)
    entries = Entry.objects.count()
    tables = [one for one in connection.introspection.table_names() if "session" not in one]

    def rows():
        with connection.cursor() as cursor:
            counts = {}
            for table in tables:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608  (a table of ours)
                counts[table] = cursor.fetchone()[0]
        return counts

    before = rows()
    client.post(room, {"words": "Would you stay?", "nameless": "on"})
    after = rows()

    grown = {table for table in tables if after[table] > before[table]}
    assert grown <= {"agenda_audiencequestion", "people_stale"}
    assert Entry.objects.count() == entries
    heard = AudienceQuestion.objects.values().get()
    assert (heard.pop("words"), heard.pop("state"), heard.pop("session_id")) == (
        "Would you stay?",
        "OPEN",
        session.pk,
    )
    assert heard.pop("id") > 0
    assert set(heard.values()) == {None}


def test_a_question_that_was_not_asked_goes_on_as_an_insight_without_a_name(client, world, session):
    heard = actions.hear_question(session=session, words="Why?", by=world["rep"], at=AT)
    client.force_login(world["other_manager"])
    where = [world.kickoff.slug, session.pk, heard.pk]
    for _twice in range(2):
        client.post(reverse("agenda:panels:insight", args=where))
    insight = Insight.objects.get()
    assert (insight.what, insight.sender, insight.session_id) == ("Why?", None, session.pk)
    heard.refresh_from_db()
    assert heard.state == "PASSED"


def test_an_invited_panelist_finds_their_panel_as_a_guest(client, world, session, mailoutbox):
    panelist = PanelistFactory(session=session, name="Maren Falk", email="maren@nordhavn.example")
    client.force_login(world["planner"])
    client.post(reverse("agenda:panels:invite", args=[world.kickoff.slug, session.pk, panelist.pk]))
    guest = Guest.objects.get()
    assert (guest.kind, guest.company) == ("PANELIST", "Nordhavn Cold Store")

    client.force_login(guest.person)
    home = client.get(reverse("events:guests:home")).content.decode()
    assert "Three customers" in home
    panels = reverse("agenda:panels:list", args=[world.kickoff.slug])
    assert client.get(panels).status_code == 404
