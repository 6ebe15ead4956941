from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from core.tests.planned import rows_planned_for
from events.attendance.actions import ROSTER_FIELDS, import_roster
from events.attendance.models import Attendee
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.activity.models import Entry
from people.org.models import Region, Team
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SALES_TEAMS = Path(__file__).with_name("sales_teams.csv")
PATTERN = "{first}.{last}@mavensales.example"
GOOD = "full_name,email,manager\nSøren Ek,s@x.example,\nAda Ek,a@x.example,Søren Ek\n"


@pytest.fixture
def kickoff():
    return KickoffFactory(slug="sko", time_zone="America/Chicago")


def _import(kickoff, text, said=None, **options):
    table = read_table(text.encode() if isinstance(text, str) else text, said=said)
    options = {"email_pattern": PATTERN, "by": None, "at": NOON} | options
    parsed = parse_rows(table, ROSTER_FIELDS, guess_columns(table.headers, ROSTER_FIELDS))
    return import_roster(kickoff=kickoff, parsed=parsed, **options)


def _command(file, *options):
    out = StringIO()
    call_command("import_roster", str(file), "--event", "sko", *options, stdout=out, stderr=out)
    return out.getvalue()


def _sales_teams(*options):
    mapped = ["full_name=sales_agent", "manager=manager", "region=regional_office"]
    maps = [word for each in mapped for word in ("--map", each)]
    return _command(SALES_TEAMS, *maps, "--email-pattern", PATTERN, *options)


def test_the_sales_teams_of_a_crm_become_reps_managers_and_regions(kickoff):
    told = _sales_teams()

    assert "35 rows: 35 reps, 6 managers, 3 regions." in told
    assert "41 created, 0 changed, 0 unchanged; 41 added" in told
    assert kickoff.attendees.filter(kind="REP").count() == 35
    assert kickoff.attendees.filter(kind="MANAGER").count() == 6
    assert set(Region.objects.values_list("name", flat=True)) == {"Central", "East", "West"}
    assert rows_planned_for("events_attendee") == 41
    anna = Person.objects.get(email="anna.snelling@mavensales.example")
    assert (anna.manager.full_name, anna.region.name) == ("Dustin Brinkmann", "Central")
    assert (anna.time_zone, anna.manager.region.name) == ("America/Chicago", "Central")
    assert not anna.has_usable_password()
    assert anna.role == ""


def test_the_same_file_again_changes_nothing(kickoff):
    _sales_teams()
    before = list(Person.objects.order_by("pk").values()), Entry.objects.count()

    assert "0 created, 0 changed, 41 unchanged; 0 added" in _sales_teams()
    people, entries = list(Person.objects.order_by("pk").values()), Entry.objects.count()
    assert (people, entries) == (before[0], before[1] + 1)  # the trail says that it was imported


def test_a_file_without_addresses_asks_once_for_a_pattern(kickoff):
    with pytest.raises(
        CommandError, match=r"e-mail pattern such as \{first\}.\{last\}@"
    ) as refusal:
        _command(SALES_TEAMS)

    assert "Row" not in str(refusal.value)
    assert not Person.objects.exclude(pk=kickoff.owner_id).exists()


def test_a_dry_run_says_the_same_and_writes_nothing(kickoff):
    told = _sales_teams("--dry-run")

    assert "41 created, 0 changed, 0 unchanged" in told
    assert "Nothing was written: this was a dry run." in told
    assert not kickoff.attendees.exists()
    assert not Region.objects.exists()
    assert not Entry.objects.exists()


def test_columns_are_guessed_without_being_named(kickoff):
    assert "35 reps, 6 managers, 3 regions" in _command(SALES_TEAMS, "--email-pattern", PATTERN)


def test_a_file_changes_what_it_says_and_leaves_the_rest(kickoff):
    team = Team.objects.create(name="Old", region=Region.objects.create(name="West"))
    boss = PersonFactory(full_name="Ngozi Adeyemi")
    person = PersonFactory(
        email="bo@x.example",
        full_name="Bo Ek",
        job_title="AE",
        country="SE",
        team=team,
        role=Person.Role.REVOPS,
        hire_date=date(2020, 1, 1),
    )

    report = _import(
        kickoff,
        "Name,E-mail,Title,Region,Team,Manager,Country\n"
        "Bo Ek,bo@x.example,Senior AE,west,New,Ngozi Adeyemi,\n",
        said={"empty_country": "leave"},
    )

    person.refresh_from_db()
    assert (report.created, report.changed, report.added) == (0, 1, 2)
    assert (person.job_title, person.team.name, person.region.name) == ("Senior AE", "New", "West")
    assert (person.country, person.hire_date, person.manager) == ("SE", date(2020, 1, 1), boss)
    assert person.role == Person.Role.REVOPS
    assert set(Entry.objects.filter(subject=person).values_list("verb", "note")) == {
        ("person.changed_by_import", "job_title, region, team"),
        ("person.manager_changed", "Ngozi Adeyemi"),
    }


EMPTIED = (
    "Name,E-mail,Goes by,Title,Region,Team,Manager,Country,State,Hire date,Last day\n"
    "Bo Ek,bo@x.example,,,,,,,,,\nAda Ray,ada@x.example,,,,,,,,,\n"
)
EMPTIED_FIELDS = (
    "preferred_name", "job_title", "region", "team", "manager", "country", "subdivision",
    "hire_date", "leave_date",
)  # fmt: skip


@pytest.fixture
def bo():
    region = Region.objects.create(name="West")
    return PersonFactory(
        email="bo@x.example", full_name="Bo Ek", preferred_name="Bosse", job_title="AE",
        country="CA", subdivision="ON", region=region, manager=PersonFactory(),
        team=Team.objects.create(name="Old", region=region),
        hire_date=date(2020, 1, 1), leave_date=date(2027, 6, 30),
    )  # fmt: skip


def test_an_emptied_cell_is_asked_once_a_column_and_nothing_is_written_until_it_is_said(
    kickoff, bo
):
    with pytest.raises(FileRefused, match="9 questions") as refusal:
        _import(kickoff, EMPTIED)

    questions = refusal.value.problems.questions
    assert {question.key: question.rows_in_words for question in questions} == dict.fromkeys(
        EMPTIED_FIELDS, "2"
    )
    assert not kickoff.attendees.exists()


def test_an_emptied_cell_takes_back_what_it_is_said_to(kickoff, bo):
    boss = bo.manager
    report = _import(kickoff, EMPTIED, said={f"empty_{key}": "clear" for key in EMPTIED_FIELDS})

    bo = Person.objects.get(pk=bo.pk)
    assert [getattr(bo, key) or None for key in EMPTIED_FIELDS] == [None] * len(EMPTIED_FIELDS)
    assert (report.created, report.changed) == (1, 1)
    assert ("person.manager_changed", bo) in {
        (entry.verb, entry.subject) for entry in Entry.objects.all()
    }
    assert kickoff.attendees.get(person=bo).kind == "REP"
    assert not boss.reports.exists()
    assert _import(kickoff, EMPTIED).changed == 0


def test_an_emptied_cell_leaves_what_it_is_said_to(kickoff, bo):
    before = Person.objects.filter(pk=bo.pk).values().get()

    report = _import(kickoff, EMPTIED, said={f"empty_{key}": "leave" for key in EMPTIED_FIELDS})

    assert Person.objects.filter(pk=bo.pk).values().get() == before
    assert report.changed == 0


def test_a_terminal_names_the_option_that_says_what_an_empty_cell_means(kickoff, bo, tmp_path):
    file = tmp_path / "leavers.csv"
    file.write_text("Full name,E-mail,Last day\nBo Ek,bo@x.example,\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_roster", str(file), "--event", "sko", stdout=out, stderr=out)
    assert '--empty "Last day=clear"' in out.getvalue()

    _command(file, "--empty", "Last day=clear")

    bo.refresh_from_db()
    assert bo.leave_date is None


def test_signs_that_nobody_sees_make_no_second_account_and_no_stranger(kickoff, bo):
    report = _import(
        kickoff,
        "Name,E-mail,Manager\n"
        "Bo\u200b Ek,bo@x.example\u2060,Ngozi Adeyemi\nNgozi\ufeff Ade\u00adyemi,n@x.example,\n",
    )

    bo.refresh_from_db()
    assert (report.created, bo.manager.email) == (1, "n@x.example")


def test_a_last_day_comes_in_and_is_never_before_the_day_of_hire(kickoff):
    person = PersonFactory(email="bo@x.example", full_name="Bo Ek", hire_date=date(2020, 1, 1))
    header = "Name,E-mail,Last day\n"

    _import(kickoff, header + "Bo Ek,bo@x.example,2027-05-31\n")
    person.refresh_from_db()
    assert person.leave_date == date(2027, 5, 31)

    with pytest.raises(FileRefused) as refusal:
        _import(kickoff, header + "Bo Ek,bo@x.example,2019-12-31\n")
    (problem,) = refusal.value.problems
    assert (problem.row, problem.column) == (2, "Last day")


def test_a_chain_of_new_managers_is_written_top_down(kickoff):
    _import(kickoff, "name,manager\nCy X,Bo X\nBo X,Ann X\nAnn X,\n")

    cy = Person.objects.get(full_name="Cy X")
    assert cy.manager.manager.full_name == "Ann X"
    assert set(kickoff.attendees.values_list("person__full_name", "kind")) == {
        ("Ann X", "MANAGER"),
        ("Bo X", "MANAGER"),
        ("Cy X", "REP"),
    }


def test_two_teams_of_one_name_in_two_regions_are_two(kickoff):
    _import(kickoff, "name,team,region\nAnn X,Field,East\nBo X,field,West\nCy X,Field,EAST\n")

    assert sorted(Team.objects.values_list("name", "region__name")) == [
        ("Field", "East"),
        ("field", "West"),
    ]


def test_a_rep_with_reports_becomes_a_manager_and_a_speaker_stays_one(kickoff):
    rep = AttendeeFactory(kickoff=kickoff, person__email="a.x@mavensales.example")
    speaker = AttendeeFactory(
        kickoff=kickoff, kind="SPEAKER", person__email="s.x@mavensales.example"
    )

    report = _import(kickoff, "name,manager\nA X,\nS X,A X\n")

    assert [a.kind for a in Attendee.objects.order_by("pk")] == ["MANAGER", "SPEAKER"]
    assert report.added == 0
    assert {rep.pk, speaker.pk} == set(kickoff.attendees.values_list("pk", flat=True))


def test_answers_stay_when_a_roster_is_imported_again(kickoff):
    attendee = AttendeeFactory(
        kickoff=kickoff, person__email="a.x@mavensales.example", rsvp="NO", answered_at=NOON
    )

    _import(kickoff, "name\nA X\n")

    attendee.refresh_from_db()
    assert attendee.rsvp == "NO"


def test_who_imports_cannot_put_sellers_under_themselves(kickoff):
    planner = PlannerFactory(full_name="Priya R")

    with pytest.raises(FileRefused) as refused:
        _import(kickoff, "name,manager\nBo X,Priya R\n", by=planner)

    assert "under yourself" in str(refused.value.problems.shown[0])
    assert not Person.objects.filter(full_name="Bo X").exists()


def test_five_thousand_rows_take_few_statements(kickoff, django_assert_max_num_queries):
    lines = [f"P N{n},p{n}@x.example,{f'p{n // 10}@x.example' if n else ''}" for n in range(5_000)]

    with django_assert_max_num_queries(260):
        report = _import(kickoff, "name,email,manager\n" + "\n".join(lines))

    assert (report.created, report.kinds["MANAGER"]) == (5_000, 500)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_with_a_byte_order_mark_is_imported(kickoff, tmp_path, encoding):
    file = tmp_path / "roster.csv"
    file.write_bytes(GOOD.encode(encoding))

    assert "1 reps, 1 managers" in _command(file)
    assert Person.objects.filter(full_name="Søren Ek").exists()


def test_one_bad_row_keeps_the_good_ones_out(kickoff):
    with pytest.raises(FileRefused, match="the file has 1 error"):
        _import(kickoff, "name,country\nBo X,SE\nAda X,Atlantis\n")

    assert not kickoff.attendees.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--map", "nick=name"], "no field “nick”"),
        (["--map", "nick"], "--map wants A=B"),
        (["--email-pattern", "{nick}@x.example"], "is made of {first}"),
    ],
)
def test_a_wrong_option_is_explained(kickoff, options, message):
    with pytest.raises(CommandError, match=message):
        _command(SALES_TEAMS, *options)


def test_an_unknown_event_is_answered_with_the_known_ones(kickoff):
    with pytest.raises(CommandError, match=r"no kickoff “nope”. There are: sko"):
        call_command("import_roster", str(SALES_TEAMS), "--event", "nope")


def test_a_file_that_is_not_there_is_said_so(kickoff, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        _command(tmp_path / "none.csv")


def test_the_language_of_letters_is_a_code_or_its_word(kickoff):
    _import(kickoff, "name,email,language\nBo X,bo@x.example,German\nAda X,ada@x.example,fr\n")

    assert dict(
        Person.objects.filter(email__endswith="@x.example").values_list("full_name", "language")
    ) == {
        "Bo X": "de",
        "Ada X": "fr",
    }
