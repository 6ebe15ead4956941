"""What was signed, written down or made stays: by SQL, by the ORM, on both databases."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from core.guards import installed, watching
from core.guards.watching import Watch
from events.packets.delivery.models import PacketAnswer
from events.packets.letters.models import LetterFile, LetterRun
from events.sealing.actions import rotate_keys
from events.tests.factories import PacketVersionFactory
from people.activity.models import Passage
from people.tests.passages import behind_our_back
from sko_planner.tests.guarded_rows import ROWS

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 8, 9, tzinfo=UTC)
GUARDS = {guard.table: guard for guard in installed.guards()}
# Each with a trigger for UPDATE and one for DELETE, and one for TRUNCATE on PostgreSQL
GUARDED = [
    "events_employersignature",
    "events_handout",
    "events_inquiry",
    "events_inquirymessage",
    "events_legalhold",
    "events_letterbrand",
    "events_letterfile",
    "events_packetanswer",
    "events_packetapproval",
    "events_packetlapse",
    "events_packetrecall",
    "events_packetrelease",
    "events_packetreturn",
    "events_packetreturn_versions",
    "events_packetround",
    "events_packetround_versions",
    "events_packetversion",
    "events_quotawish",
    "events_receipt",
    "events_roundquestion",
    "events_sharedanswer",
    "events_termsedition",
    "events_trailseal",
    "people_entry",
    "people_passage",
]
OF_MIGRATIONS = {
    "sqlite": [
        "events_packetversion_frozen",
        "events_packetversion_kept",
        "events_termsedition_frozen",
    ],
    "postgresql": [
        "events_packetversion_frozen",
        "events_packetversion_kept",
        "events_packetversion_kept_as_row",
        "events_termsedition_frozen",
    ],
}
EVENTS = {"sqlite": ["update", "delete"], "postgresql": ["update", "delete", "truncate"]}
LISTING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
tables = pytest.mark.parametrize("table", sorted(GUARDS))


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refused(statement, *values):
    """What the database says to a statement, or None; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return None


def columns_of(table):
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in described}


def another(table, column, row):
    """Another value of a column, of its type."""
    field = next(
        field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table == table
        for field in model._meta.concrete_fields
        if field.column == column
    )
    value = getattr(row, field.attname)
    if field.get_internal_type() == "DateTimeField":
        return "2031-01-01 00:00:00+00"
    if field.get_internal_type() == "DateField":
        return "2031-01-01"
    if field.get_internal_type() == "BinaryField":
        return b"x"
    if field.get_internal_type() == "JSONField":
        return "{}"
    if isinstance(value, bool):
        return not value
    return (value or 0) + 1000 if value is None or isinstance(value, int) else "x"


def test_every_guard_stands_and_each_is_tried_here():
    assert installed.gaps(connection) == []
    assert set(ROWS) == set(GUARDS)


# Those of watches refuse nothing: `core.tests.test_watching` and `roles.test_kept` are about them
WATCHING = re.compile(r"\w+_tells\d+_(insert|update|delete)")


def test_these_triggers_stand_and_no_others():
    with connection.cursor() as cursor:
        cursor.execute(LISTING[connection.vendor])
        found = [name for (name,) in cursor.fetchall() if not WATCHING.fullmatch(name)]

    wanted = [f"{table}_guard_{event}" for table in GUARDED for event in EVENTS[connection.vendor]]
    assert sorted(found) == sorted(wanted + OF_MIGRATIONS[connection.vendor])


@tables
def test_a_guard_names_no_column_that_is_not_there(table):
    assert GUARDS[table].named - columns_of(table) == set()


@tables
def test_no_column_changes_by_sql_but_those_that_a_guard_names(table):
    guard, row = GUARDS[table], ROWS[table]()
    kept = sorted(columns_of(table) - set(guard.free))

    through = [
        column
        for column in kept
        if not refused(
            f"UPDATE {table} SET {column} = %s WHERE id = %s",  # noqa: S608
            another(table, column, row),
            row.pk,
        )
    ]

    # What is filled once, and is empty in this row, may still be filled
    assert [column for column in through if getattr(row, column) is not None] == []
    assert set(through) <= set(guard.once)


@tables
def test_no_row_goes_by_sql(table):
    guard, row = GUARDS[table], ROWS[table]()
    if guard.deleted == "1 = 1":
        pytest.skip("goes with what it belongs to")

    assert refused(f"DELETE FROM {table} WHERE id = %s", row.pk) == guard.says  # noqa: S608


@tables
def test_no_row_is_written_over(table):
    row = ROWS[table]()
    if connection.vendor != "sqlite" or GUARDS[table].deleted == "1 = 1":
        pytest.skip("only SQLite replaces rows")
    listed = ", ".join(sorted(columns_of(table)))
    again = f"INSERT OR REPLACE INTO {table} ({listed}) SELECT {listed} FROM {table} WHERE id = %s"  # noqa: S608

    assert refused(again, row.pk) == GUARDS[table].says


@tables
@pytest.mark.postgres
def test_no_table_is_truncated(table):
    with (
        pytest.raises(IntegrityError, match=r"kept|never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


@tables
def test_no_row_goes_or_changes_by_the_orm(table):
    guard, row = GUARDS[table], ROWS[table]()
    rows = type(row)._base_manager.filter(pk=row.pk)

    if guard.deleted != "1 = 1":
        with pytest.raises(IntegrityError, match=guard.says), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(id=row.pk + 1000)


def test_a_passage_is_shut_by_the_end_of_its_transaction():
    left = Passage.objects.create(reason="RETENTION", at=AT, open_id=Passage.NOWHERE)

    # As at the end of a transaction
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    left.open = None
    left.save()
    connection.check_constraints()


@pytest.mark.parametrize("fields", [{"open_id": 1}, {"pk": 0}])
def test_no_passage_stands_open_for_good(fields):
    Passage.objects.create(pk=1, reason="RETENTION", at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.create(reason="RETENTION", at=AT, **fields)


def test_a_passage_that_fails_leaves_nothing_behind():
    answer = ROWS["events_packetanswer"]()

    def fail():
        with behind_our_back():
            PacketAnswer._base_manager.update(sealed_reason="x")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()

    answer.refresh_from_db()
    assert answer.reason() == "900,000 is too much"
    assert not Passage.objects.exists()


def test_a_passage_opens_only_what_its_reason_names():
    letter, answer = ROWS["events_letterfile"](), ROWS["events_packetanswer"]()

    with behind_our_back("RETENTION"):
        assert refused("UPDATE events_letterfile SET pdf = %s", b"x") == "a letter that was made is kept as it is"  # fmt: skip
        assert refused("UPDATE events_packetanswer SET typed_name = 'x'")
        assert refused("DELETE FROM events_packetanswer")
        assert sql("DELETE FROM events_letterfile WHERE id = %s", letter.pk) == 1
    answer.refresh_from_db()
    assert refused("UPDATE events_packetanswer SET sealed_reason = 'x'")


def test_keys_turn_and_leave_a_mark_for_each_batch():
    answer, letter, hold = (
        ROWS["events_packetanswer"](),
        ROWS["events_letterfile"](),
        ROWS["events_legalhold"](),
    )
    before = (answer.sealed_reason, bytes(letter.pdf), hold.sealed_reason)

    rotate_keys(by=None, at=AT)

    for row in (answer, letter, hold):
        row.refresh_from_db()
    after = (answer.sealed_reason, bytes(letter.pdf), hold.sealed_reason)
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert answer.reason() == "900,000 is too much"
    notes = Passage.objects.filter(reason="KEY_ROTATION", open=None).values_list("note", flat=True)
    assert f"events.PacketAnswer sealed_reason: #{answer.pk} to #{answer.pk}" in notes


def test_a_letter_that_is_not_made_yet_moves_on():
    version = PacketVersionFactory()
    run = LetterRun.objects.create(kickoff=version.packet.kickoff)
    LetterFile.objects.create(run=run, version=version, kind="LETTER", language="en", key="k", queued_at=AT)  # fmt: skip

    assert LetterFile.objects.update(tries=F("tries") + 1) == 1
    assert LetterFile.objects.all().delete()[0] == 1


def test_a_guard_that_is_gone_is_named_and_made_again():
    on = " ON events_receipt" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER events_receipt_guard_update{on}")
    assert installed.gaps(connection) == ["events_receipt_guard_update"]

    assert installed.install(connection) == ["events_receipt_guard_update"]
    assert installed.gaps(connection) == []


@pytest.mark.postgres
def test_a_guard_that_is_switched_off_is_named():
    sql("ALTER TABLE events_receipt DISABLE TRIGGER USER")

    assert "events_receipt_guard_delete" in installed.gaps(connection)


def test_a_watch_that_nobody_registers_any_more_is_taken_away():
    of_before = watching.triggers(
        [Watch("events_kickoff", "{row}.owner_id")], "people_stale", connection.vendor
    )
    (old,) = [one for one in of_before if one.name.endswith("_insert")]
    old = replace(old, name="events_kickoff_tells99_insert")
    making = [text.replace("events_kickoff_tells0_insert", old.name) for text in old.making]

    def there():
        return old.name in installed._found(connection)

    for take_away in (installed.unwatch, installed.install):
        with connection.cursor() as cursor:
            for statement in making:
                cursor.execute(statement)
        assert there()
        take_away(connection)
        assert not there()
    assert installed.gaps(connection) == []
