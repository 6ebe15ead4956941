from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from agenda.notes import actions
from agenda.notes.actions import NoteWords
from agenda.notes.models import Note
from agenda.notes.waiting import find
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionFactory
from events.commitments.models import Commitment
from events.commitments.waiting import find as find_promises
from events.tests.world import build_world
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 2, 3, 12, tzinfo=UTC)
MONDAY = datetime(2027, 2, 8, 9, tzinfo=UTC)  # the first after the event of the world


@pytest.fixture
def world():
    return build_world()


def write(world, role="rep", **words):
    return actions.write_note(
        kickoff=world.kickoff, words=NoteWords(**words), by=world[role], at=AT
    )


def url(name, world, **more):
    return reverse(f"agenda:notes:{name}", kwargs={"slug": world.kickoff.slug} | more)


def test_a_note_says_something(world):
    with pytest.raises(actions.NoteRefused, match="Write something"):
        write(world, text="  ", met=" ")


@pytest.mark.parametrize(
    ("words", "promised"),
    [
        ({"text": "Ask for the map\nand the name"}, "Ask for the map"),
        ({"met": "Jo", "company": "Marsanne"}, "Follow up with Jo, Marsanne"),
    ],
)
def test_one_tap_makes_it_a_promise_once_that_nobody_else_sees(world, words, promised):
    note = write(world, **words)
    for _twice in range(2):
        actions.promise_note(note=note, by=world["rep"], at=AT)

    made = Commitment.objects.get()
    assert (made.words, made.person, made.is_private) == (promised, world["rep"], True)
    assert [item.is_private for item in find_promises([world["rep"]], AT)] == [True]


def test_what_was_promised_stays_when_its_note_is_deleted(world):
    note = write(world, text="Ask")
    actions.promise_note(note=note, by=world["rep"], at=AT)
    note.refresh_from_db()
    actions.delete_note(note=note, by=world["rep"], at=AT)

    assert not Note.objects.exists()
    assert Commitment.objects.count() == 1


def test_notes_ask_for_next_steps_in_the_week_from_the_first_monday(
    world, django_assert_max_num_queries
):
    note = write(world, text="Ask")
    write(world, "peer", met="Jo")

    def waits(at):
        return [(one.person_id, one.title) for one in find([world["rep"]], at) if one.waits(at)]

    assert waits(MONDAY - timedelta(days=1)) == []
    with django_assert_max_num_queries(2):
        assert waits(MONDAY) == [(world["rep"].pk, "Your note: choose what to do next")]
    assert waits(MONDAY + timedelta(days=7)) == []
    actions.promise_note(note=note, by=world["rep"], at=AT)
    assert waits(MONDAY) == []


def test_a_note_of_a_session_keeps_what_it_was_called_and_is_exported(client, world):
    session = SessionFactory(kickoff=world.kickoff, title="Deal clinic")
    release_agenda(kickoff=world.kickoff, by=world["planner"], at=AT)
    client.force_login(world["rep"])

    client.post(url("mine", world), {"session": session.pk, "text": "=1+1", "company": "Marsanne"})
    session.title = "Not released yet"
    session.save()
    page = client.get(url("mine", world)).content.decode()
    file = client.get(url("export", world)).content.decode()

    assert "Deal clinic" in page
    assert "Not released yet" not in page
    assert "Deal clinic" in file
    assert ",=1+1" not in file
    assert client.get(url("mine", world) + "?session=999").status_code == 404


def test_notes_go_90_days_after_their_writer_left():
    world = build_world()
    for person in (world["rep"], PersonFactory(leave_date=date(2027, 1, 1))):
        Note.objects.create(kickoff=world.kickoff, person=person, text="Ask", written_at=AT)

    actions.forget_old(datetime(2027, 4, 2, tzinfo=UTC))

    assert Note.objects.get().person == world["rep"]
