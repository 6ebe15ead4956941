import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agenda.rooms.models import Room
from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Session
from agenda.sessions.queries.released import whole_agenda
from agenda.tests.factories import RoomFactory, SessionFactory, SessionPersonFactory
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
TABLE = """id,title,type,room,date,starts,minutes,speakers
1,Opening,Keynote,Hall,2027-02-01,09:00,45,ada.l@x.example; Bo Nobody
2,Pricing clinic,Deal clinic,Blue,2027-02-01,10:00,1:00,Ada Lind
3,Battle cards,Panel?,Hall,2027-02-01,10:00,60,Ada Lind
4,Later,Workshop,,,,30,
"""


@pytest.fixture
def kickoff():
    found = KickoffFactory(
        slug="sko",
        status="OPEN",
        time_zone="Europe/Oslo",
        starts_date=date(2027, 2, 1),
        ends_date=date(2027, 2, 2),
    )
    ada = PersonFactory(full_name="Ada Lind", email="ada.l@x.example")
    AttendeeFactory(kickoff=found, person=ada)
    return found


@pytest.fixture
def take(kickoff, tmp_path, capsys):
    """`take(text, "--dry-run")`: what the command says of a file."""

    def run(text, *options, name="programme.csv"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("import_schedule", str(file), "--event", "sko", *options)
        return capsys.readouterr().out

    return run


def test_a_table_becomes_a_draft_and_the_same_again_changes_nothing(kickoff, take):
    RoomFactory(kickoff=kickoff, name="hall", capacity=300)

    assert "4 sessions: 4 created, 0 changed, 0 unchanged; 1 new rooms." in take(
        TABLE, "--seats", "40"
    )
    assert "0 created, 0 changed, 4 unchanged; 0 new rooms." in take(TABLE)

    opening, clinic, cards, later = Session.objects.order_by("source_id")
    assert opening.starts_at == datetime(2027, 2, 1, 8, tzinfo=UTC)
    assert (opening.type, opening.capacity, opening.named) == ("KEYNOTE", None, ["Bo Nobody"])
    assert [one.person.full_name for one in opening.people.all()] == ["Ada Lind"]
    # Two at once: each has the places of its room
    assert (clinic.type, clinic.capacity) == ("DEAL_CLINIC", 40)
    assert (cards.type, cards.capacity) == ("WORKSHOP", 300)
    assert (later.room, later.starts_at) == (None, None)


def test_a_change_of_the_file_changes_what_it_names_and_nothing_else(kickoff, take):
    other = SessionFactory(kickoff=kickoff)
    take(TABLE)
    changed = TABLE.replace("10:00,1:00,Ada Lind", "11:00,1:00,").replace("Opening", "Opening!")

    assert "0 created, 2 changed, 2 unchanged" in take(changed)

    clinic = Session.objects.get(source_id="2")
    assert (clinic.starts_at.hour, clinic.people.count(), clinic.version) == (10, 0, 2)
    assert Session.objects.get(pk=other.pk).version == 1


def test_a_dry_run_says_the_same_and_writes_nothing(kickoff, take):
    said = take(TABLE, "--dry-run")

    assert "4 created" in said
    assert "Conflicts of the draft: PERSON 1." in said
    assert not Session.objects.exists()
    assert not Room.objects.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1,Again,Keynote,Hall,2027-02-01,09:00,45,", "Row 2 is the same session."),
        ("5,No room,Keynote,,2027-02-01,09:00,45,", "Room and time come together"),
        ("5,No day,Keynote,Hall,,09:00,45,", "A time of day needs a day."),
        ("5,Long,Keynote,Hall,2027-02-01,09:00,721,", "lasts 5 to 720 minutes"),
        ("5,When,Keynote,Hall,2027-02-01,soon,45,", "is no time such as"),
        (
            "5,Far,Keynote,Hall,2029-02-01,09:00,45,",
            "1 session is more than a year from the kickoff",
        ),
        (f"5,Who,Keynote,Hall,2027-02-01,09:00,45,{'x' * 161}", "longer than 160"),
    ],
)
def test_one_wrong_row_keeps_all_others_out(take, capsys, line, said):
    with pytest.raises(CommandError, match="1 error"):
        take(f"{TABLE}{line}\n")

    error = capsys.readouterr().err
    assert said in error
    assert "6" in error  # the row
    assert not Session.objects.exists()


def test_another_year_s_programme_begins_with_the_kickoff_at_the_same_local_times(kickoff, take):
    said = take(TABLE.replace("2027-02-01", "2024-07-08"), "--from-first-day")

    assert "Everything moves by 938 days" in said
    assert Session.objects.get(source_id="1").starts_at == datetime(2027, 2, 1, 8, tzinfo=UTC)


def test_titles_that_begin_alike_need_ids(take, capsys):
    long = "x" * 120
    with pytest.raises(CommandError, match="1 error"):
        take(f"title,minutes\n{long}1,45\n{long}2,45\n")

    assert "Sessions of one title need ids" in capsys.readouterr().err


def test_another_dialect_is_refused_by_name(take):
    with pytest.raises(CommandError, match="This XML is “rss”"):
        take("<rss/>", name="feed.xml")


def test_conflicts_are_listed_under_the_ids_of_the_file(kickoff, take, capsys):
    take(TABLE)

    call_command("scan_conflicts", "--event", "sko", "--json")

    found = json.loads(capsys.readouterr().out)
    speaker = next(one for one in found if one["kind"] == "SPEAKER")
    assert speaker["severity"] == "block"
    assert speaker["sessions"] == ["2", "3"]
    assert speaker["when"] == "2027-02-01T10:00:00+01:00/2027-02-01T11:00:00+01:00"


def test_whoever_has_no_account_is_in_one_place_at_a_time_and_on_the_released_agenda(kickoff, take):
    take(TABLE.replace("Ada Lind", "Bo Nobody"))
    planner = PlannerFactory()

    release_agenda(
        kickoff=kickoff, by=planner, at=datetime(2027, 1, 1, tzinfo=UTC), override_reason="x"
    )

    clinic = next(one for one in whole_agenda(kickoff) if one.title == "Pricing clinic")
    assert clinic.names == ["Bo Nobody"]


@pytest.mark.parametrize("kind", ["xml", "ics", "csv", "xlsx"])
def test_an_export_imported_again_changes_nothing(kickoff, take, client, kind):
    take(TABLE)
    session = Session.objects.get(source_id="1")
    named, helps = PersonFactory(preferred_name="Bobby"), PersonFactory()
    namesakes = [PersonFactory(full_name="Kim Lee") for _ in "ab"]
    for person in (named, helps, *namesakes):
        AttendeeFactory(kickoff=kickoff, person=person)
    SessionPersonFactory(session=session, person=named)
    SessionPersonFactory(session=session, person=namesakes[1])
    SessionPersonFactory(session=session, person=helps, part="FACILITATOR")
    client.force_login(PlannerFactory())

    answer = client.get(reverse("agenda:schedules:export", args=["sko", kind]))

    assert "0 created, 0 changed" in take(answer.content, name=f"programme.{kind}")
