from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.tests.html import tight
from events.tests.factories import AttendeeFactory, PreworkItemFactory
from events.tests.world import build_world
from people.mail.models import Message
from people.tests.factories import PersonFactory, put_under
from people.waiting.hooks import find_waiting
from reinforcement.coaching.models import CoachingNote, NoteDraft
from reinforcement.tests.factories import (
    ActivityFactory,
    CampaignFactory,
    NoteFactory,
    TouchFactory,
)
from reinforcement.tests.pages import queries_of

pytestmark = pytest.mark.django_db
PRIVATE, SHARED = "Leans on one champion.", "Agreed to ask for the CFO."


@pytest.fixture
def world():
    world = build_world()
    CampaignFactory(kickoff=world.kickoff)
    world.things["note"] = NoteFactory(
        kickoff=world.kickoff,
        manager=world["manager"],
        rep=world["rep"],
        went_well=SHARED,
        private_note=PRIVATE,
    )
    return world


def _get(client, world, role, name, **kwargs):
    client.force_login(world[role])
    url = reverse(f"reinforcement:coaching:{name}", kwargs={"slug": world.kickoff.slug, **kwargs})
    return client.get(url)


def test_the_manager_reads_all_that_they_wrote(client, world):
    rep = world["rep"].pk
    for page in (
        _get(client, world, "manager", "notes"),
        _get(client, world, "manager", "one_to_one", person_id=rep),
    ):
        assert SHARED in page.content.decode()
        assert PRIVATE in page.content.decode()


def test_the_rep_reads_the_shared_part_alone(client, world):
    page = _get(client, world, "rep", "mine").content.decode()

    assert SHARED in page
    assert PRIVATE not in page


@pytest.mark.parametrize("role", ["peer", "other_manager", "planner", "revops", "executive"])
def test_nobody_else_reads_any_of_it(client, world, role):
    rep = world["rep"].pk

    assert _get(client, world, role, "one_to_one", person_id=rep).status_code == 404
    for name in ("mine", "notes", "team"):
        page = _get(client, world, role, name).content.decode()
        assert SHARED not in page
        assert PRIVATE not in page


def test_the_managers_own_manager_reads_none_of_it(client, world):
    boss = world["manager"].manager
    AttendeeFactory(kickoff=world.kickoff, person=boss, kind="MANAGER")
    world.people["boss"] = boss

    rep = _get(client, world, "boss", "one_to_one", person_id=world["rep"].pk)
    notes = _get(client, world, "boss", "notes").content.decode()

    assert rep.status_code == 404
    assert SHARED not in notes


def test_a_new_manager_does_not_inherit_the_notes_of_the_old_one(client, world):
    put_under(world["rep"], world["other_manager"])

    page = _get(client, world, "other_manager", "one_to_one", person_id=world["rep"].pk)
    old = _get(client, world, "manager", "notes")

    assert page.status_code == 200
    assert SHARED not in page.content.decode()
    assert PRIVATE in old.content.decode()


def test_saving_the_form_keeps_the_note_and_does_the_follow_up(client, world):
    now = timezone.now()
    talk = ActivityFactory(campaign=world.kickoff.campaign, kind="MANAGER_FOLLOW_UP")
    touch = TouchFactory(activity=talk, person=world["manager"], about=world["rep"])
    touch.due_at, touch.overdue_at = now - timedelta(days=1), now
    touch.save()
    client.force_login(world["manager"])
    url = reverse(
        "reinforcement:coaching:one_to_one",
        kwargs={"slug": world.kickoff.slug, "person_id": world["rep"].pk},
    )
    data = {
        "went_well": "Champion introduces the CFO.",
        "next_step": "Book the call",
        "next_step_by": "2030-01-15",
        "private_note": "Watch the tone.",
        "happened_on": now.date().isoformat(),
    }

    answer = client.post(url, data, follow=True)

    note = CoachingNote.objects.latest("pk")
    touch.refresh_from_db()
    assert "1 follow-up is done" in answer.content.decode()
    assert (note.went_well, note.private_note) == (data["went_well"], data["private_note"])
    assert touch.done_at is not None


def test_a_form_that_lacks_the_words_is_said_so_and_keeps_what_was_written(client, world):
    client.force_login(world["manager"])
    url = reverse(
        "reinforcement:coaching:one_to_one",
        kwargs={"slug": world.kickoff.slug, "person_id": world["rep"].pk},
    )

    answer = client.post(url, {"next_step_by": "2030-01-15", "private_note": "Keep this."})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Keep this." in page
    assert CoachingNote.objects.count() == 1


def _post(client, world, role, name, data=None, **kwargs):
    client.force_login(world[role])
    url = reverse(f"reinforcement:coaching:{name}", kwargs={"slug": world.kickoff.slug, **kwargs})
    return client.post(url, data or {}, follow=True)


def test_what_is_typed_is_kept_until_the_note_is_saved(client, world):
    rep = world["rep"].pk
    kept = _post(client, world, "manager", "draft", {"went_well": "Half a tho"}, person_id=rep)
    assert "Draft kept at" in kept.content.decode()

    page = _get(client, world, "manager", "one_to_one", person_id=rep).content.decode()
    assert "Half a tho" in page
    assert "Draft kept at" in page
    assert "Half a tho" not in _get(client, world, "rep", "mine").content.decode()

    data = {"went_well": "A whole thought.", "happened_on": timezone.now().date().isoformat()}
    _post(client, world, "manager", "one_to_one", data, person_id=rep)
    assert not NoteDraft.objects.exists()


def test_nothing_typed_forgets_the_draft(client, world):
    rep = world["rep"].pk
    for typed in ("Half a tho", "  "):
        _post(client, world, "manager", "draft", {"went_well": typed}, person_id=rep)

    assert not NoteDraft.objects.exists()


def test_a_next_step_is_ticked_by_the_rep_and_opened_again_by_the_manager(client, world):
    note = NoteFactory(
        kickoff=world.kickoff,
        manager=world["manager"],
        rep=world["rep"],
        happened_on=date(2027, 1, 4),
        next_step="Book the CFO call",
    )

    page = _post(client, world, "rep", "tick", note_id=note.pk).content.decode()
    assert "“Book the CFO call” is done." in page
    assert CoachingNote.objects.get(pk=note.pk).step_time.settled_by == world["rep"]
    undo = f"{reverse('reinforcement:coaching:tick', args=[world.kickoff.slug, note.pk])}?done=0"
    assert f'<form method="post" action="{undo}">' in page

    page = client.post(undo, follow=True).content.decode()
    assert "“Book the CFO call” is open again." in page
    assert CoachingNote.objects.get(pk=note.pk).step_done_at is None
    _post(client, world, "rep", "tick", note_id=note.pk)

    _post(client, world, "manager", "tick", {"done": "0"}, note_id=note.pk)
    assert CoachingNote.objects.get(pk=note.pk).step_done_at is None


def test_a_next_step_in_the_past_is_refused_beside_its_field(client, world):
    rep, today = world["rep"].pk, timezone.now().date()
    data = {
        "went_well": "Champion introduces the CFO.",
        "next_step": "Book the call",
        "next_step_by": (today - timedelta(days=1)).isoformat(),
        "happened_on": today.isoformat(),
    }

    page = _post(client, world, "manager", "one_to_one", data, person_id=rep).content.decode()

    assert "That day is over. Choose today or a day to come." in page
    assert CoachingNote.objects.count() == 1


def test_a_nudge_is_one_message_a_day_that_lists_what_is_late(client, world):
    rep = world["rep"]
    late = PreworkItemFactory(person=rep, assignment__kickoff=world.kickoff)
    calm = _post(client, world, "manager", "nudge", person_id=rep.pk).content.decode()
    assert ("Nothing of theirs is late" in calm) == (timezone.now() < late.assignment.due_at)

    with time_machine.travel(late.assignment.due_at, tick=False):
        for _ in range(2):
            page = _post(client, world, "manager", "nudge", person_id=rep.pk).content.decode()
        assert "nudged today" in page

    (message,) = Message.objects.filter(person=rep)
    assert late.assignment.title in message.body
    assert "You have reminded Aïcha Benyahia today already." in page


def test_the_page_of_a_rep_says_what_waits_and_where_they_stand(client, world):
    rep = world["rep"]
    item = PreworkItemFactory(person=rep, assignment__kickoff=world.kickoff)

    with time_machine.travel(item.assignment.due_at, tick=False):
        page = _get(client, world, "manager", "one_to_one", person_id=rep.pk).content.decode()

    assert item.assignment.title in page
    assert "Not released" in page
    assert reverse("events:prework:item", args=[world.kickoff.slug, item.pk]) not in page


def test_my_team_shows_above_its_rows_what_waits_for_the_manager_and_is_in_none(client, world):
    own = PreworkItemFactory(person=world["manager"], assignment__kickoff=world.kickoff)
    theirs = PreworkItemFactory(person=world["rep"], assignment__kickoff=world.kickoff)

    with time_machine.travel(theirs.assignment.due_at, tick=False):
        page = _get(client, world, "manager", "team").content.decode()
    above, _table, rows = page.partition("<table")

    assert "1 thing waits for you" in tight(above)
    assert own.assignment.title in above
    assert theirs.assignment.title in rows
    assert theirs.assignment.title not in above


def test_my_team_asks_as_often_for_twelve_reports_as_for_one(client, world):
    client.force_login(world["manager"])
    url = reverse("reinforcement:coaching:team", kwargs={"slug": world.kickoff.slug})
    one = queries_of(client, url)
    for n in range(11):
        person = PersonFactory(full_name=f"Rep {n}", manager=world["manager"])
        AttendeeFactory(kickoff=world.kickoff, person=person)

    assert queries_of(client, url) == one
    with find_waiting.only():
        assert queries_of(client, url) <= 15
