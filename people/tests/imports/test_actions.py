from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404

from core.imports.flow import ImportFlow, Preview, Shown
from core.imports.mapping import Field
from core.imports.uploads import store_upload
from core.tests.planned import rows_planned_for
from people.accounts.models import Person
from people.imports import actions, hooks
from people.imports.models import ImportRun
from people.mail.models import Message
from people.notices.models import Notice
from people.org.models import Region
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOON + actions.LEASE + timedelta(seconds=1)


def _check(parsed, _options):
    parsed.refuse_problems()
    return Preview(counts=[("Regions", len(parsed.rows))], button="Import regions")


def _commit(parsed, _options):
    parsed.refuse_problems()
    Region.objects.bulk_create(Region(name=row.values["name"]) for row in parsed.rows)
    return f"{len(parsed.rows)} regions."


def _open(by, subject):
    if not by.is_planner:
        raise Http404
    return ImportFlow(
        purpose=f"test:{subject}",
        title="Import regions",
        lead="",
        fields=[Field("name", "Name", required=True)],
        upload_url="/",
        preview_url=lambda token: f"/{token}/",
        done_url="/",
        check=_check,
        commit=_commit,
    )


@pytest.fixture(autouse=True)
def _flow():
    with hooks.open_import.only():
        hooks.open_import.register(_open, name="test")
        yield


@pytest.fixture
def planner():
    return PlannerFactory()


def begin(planner, kind="COMMIT", text="name\nEMEA\nAPAC\n", said="", at=NOON, token=None):
    token = token or store_upload(
        ContentFile(text.encode(), "r.csv"), owner_id=planner.pk, purpose="test:x", at=NOON
    )
    return actions.start_run(
        kind=kind, purpose="test:x", token=token, said=said, language="en", by=planner, at=at
    )


def work(run, at=NOON):
    done = actions.work_run(run_id=run.pk, clock=lambda: at)
    run.refresh_from_db()
    return done


def test_what_was_taken_over_is_planned_for_at_once(planner):
    assert work(begin(planner))

    assert rows_planned_for("people_region") == Region.objects.count() == 2


def test_a_check_shows_what_would_be_done_and_writes_nothing(planner):
    run = begin(planner, "CHECK")

    assert work(run)
    assert (run.state, run.rows_read, run.rows_total) == ("DONE", 2, 2)
    found = actions.result_of(run)
    assert isinstance(found, Shown)
    assert (found.button, "EMEA" in found.body) == ("Import regions", True)
    assert not Region.objects.exists()


def test_what_came_of_it_is_sealed_as_the_file_is(planner):
    run = begin(planner, "CHECK", "name\nVery secret region\n")
    work(run)

    assert b"secret" not in bytes(run.result)


def test_a_file_is_taken_over_once_however_often_the_task_comes(planner):
    run = begin(planner)

    assert [work(run), work(run)] == [True, False]
    assert actions.result_of(run) == "2 regions."
    assert Region.objects.count() == 2


def test_pressed_twice_is_one_run(planner):
    first = begin(planner)
    second = begin(planner, token=first.token, said="column_name=name")

    assert first == second
    assert ImportRun.objects.count() == 1


def test_each_choice_of_columns_is_checked_by_itself(planner):
    first = begin(planner, "CHECK")
    second = begin(planner, "CHECK", token=first.token, said="column_name=")
    work(second)

    assert first != second
    assert "No column holds “Name”" in actions.result_of(second).body


def test_a_bad_file_is_refused_by_row_and_may_be_begun_anew(planner):
    run = begin(planner, text="name,note\nEMEA,a\n,b\n")
    work(run)

    assert run.state == "REFUSED"
    assert "This cell is empty." in actions.result_of(run).body
    assert not Region.objects.exists()
    assert begin(planner, token=run.token).state == "WAITING"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role": ""}, "You may not import this any more."),
        ({"is_active": False}, "You may not import this any more."),
    ],
)
def test_who_may_no_longer_do_it_is_refused_when_it_is_done(planner, changes, says):
    run = begin(planner)
    Person.objects.filter(pk=planner.pk).update(**changes)

    work(run)

    assert (run.state, actions.result_of(run)) == ("REFUSED", says)
    assert not Region.objects.exists()


def test_a_file_that_is_gone_is_said_to_be(planner):
    run = begin(planner)
    default_storage.delete(f"imports/{default_storage.listdir('imports')[1][0]}")

    work(run)

    assert actions.result_of(run) == "That file is kept no longer. Choose it again."


def test_a_worker_that_died_is_shown_and_its_run_is_started_again_once(planner):
    run = begin(planner)
    ImportRun.objects.update(state="RUNNING", tries=1, leased_until=NOON + actions.LEASE)
    run.refresh_from_db()

    assert (run.is_stuck(NOON), run.is_stuck(LATER)) == (False, True)
    assert not actions.start_again(run=run, at=NOON)
    assert [actions.start_again(run=run, at=LATER) for _ in range(2)] == [True, False]
    assert work(run, LATER)
    assert Region.objects.count() == 2


def test_rows_that_are_read_move_the_lease_and_the_writing_has_a_longer_one(planner):
    leases = []

    def commit(_parsed, _options):
        leases.append(ImportRun.objects.get().leased_until - NOON)
        return "Done."

    hooks.open_import.register(
        lambda by, subject: replace(_open(by, subject), commit=commit), name="test"
    )
    work(begin(planner))

    assert leases == [actions.WHOLE_LEASE]


def test_a_worker_that_was_only_thought_dead_records_nothing_over_the_other(planner):
    run = begin(planner)
    ticking = iter([NOON, NOON])

    def clock():
        moment = next(ticking, LATER)
        if moment == LATER:  # while it reads, somebody else has begun the run again
            ImportRun.objects.update(tries=9)
        return moment

    assert not actions.work_run(run_id=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, bytes(run.result)) == ("RUNNING", b"")


@pytest.mark.django_db(transaction=True)
def test_what_breaks_is_raised_and_the_run_has_failed(planner):
    Region.objects.create(name="EMEA")
    run = begin(planner, text="name\nEMEA\n")

    with pytest.raises(Exception, match=r"(?i)unique"):
        work(run)
    run.refresh_from_db()
    assert run.state == "FAILED"
    assert list(Message.objects.values_list("person", "subject")) == [
        (planner.pk, "A file was not imported")
    ]
    assert actions.start_again(run=run, at=NOON)


def test_whoever_began_it_is_told_in_their_bell_that_it_is_done(planner):
    work(begin(planner, "CHECK"))
    assert not Notice.objects.exists()

    run = begin(planner)
    assert [work(run) for _ in range(2)] == [True, False]

    notice = Notice.objects.get()
    assert (notice.person, notice.title, notice.url) == (
        planner,
        "Your file is imported: Import regions",
        "/",
    )
    assert not Message.objects.exists()


def test_what_is_refused_is_not_told_as_done(planner):
    run = begin(planner, text="name\n\nEMEA,too many\n")
    work(run)

    assert run.state == "REFUSED"
    assert not Notice.objects.exists()


def test_after_a_day_runs_go_with_their_files(planner):
    begin(planner, "CHECK")

    waiting = actions.tidy_runs(at=NOON + timedelta(hours=1))
    assert len(waiting) == 1
    assert actions.tidy_runs(at=datetime.now(UTC) + timedelta(days=2)) == []
    assert not ImportRun.objects.exists()
    assert default_storage.listdir("imports")[1] == []


def test_an_import_that_nobody_registered_is_nobodys():
    with pytest.raises(Http404):
        hooks.flow_of("nothing:x", PersonFactory())
