"""Nothing goes before three years or under a hold, by any path; then content goes and proof stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from events.packets.delivery.models import Frozen, Packet, PacketAnswer, PacketVersion, Receipt
from events.packets.letters.models import LetterFile, LetterRun
from events.packets.records import actions, queries
from events.packets.records.models import Handout, HandoutPart, LegalHold, open_text, seal_text
from events.packets.records.rules.retention import Fate
from events.sealing.rules import Shredded
from events.tests.factories import PacketVersionFactory
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
EARLY = datetime(2030, 1, 19, 12, tzinfo=UTC)  # the first version goes on the 21st
FIRST_DUE = datetime(2030, 1, 21, 12, tzinfo=UTC)
ALL_DUE = datetime(2031, 3, 2, 12, tzinfo=UTC)


def fates(world, at):
    return {kept.version.pk: kept.fate for kept in queries.kept_of(world.kickoff, at)}


def shred(world, at, expected):
    return actions.shred_due(kickoff=world.kickoff, expected=expected, by=world["revops"], at=at)


def hold(world, packet="packet", at=EARLY):
    return actions.place_hold(
        packet_id=world.things[packet].pk, reason="A claim", by=world["revops"], at=at
    )


def test_what_is_due_is_due_from_the_day_after_three_years(world):
    first, second, others = (world.things[key].pk for key in ("first", "second", "others"))

    assert set(fates(world, EARLY).values()) == {Fate.KEPT}
    assert fates(world, FIRST_DUE) == {first: Fate.DUE, second: Fate.KEPT, others: Fate.KEPT}
    assert set(fates(world, ALL_DUE).values()) == {Fate.DUE}


def test_a_longer_policy_keeps_longer(world, settings):
    settings.PACKET_RETENTION_YEARS = 7

    assert set(fates(world, ALL_DUE).values()) == {Fate.KEPT}


def test_deletion_empties_the_content_and_keeps_the_proof(world):
    first = world.things["first"]
    digest = first.content_hash

    assert shred(world, FIRST_DUE, 1) == 1

    gone = PacketVersion.objects.get(pk=first.pk)
    assert (gone.sealed, gone.shredded_at, gone.content_hash) == ("", FIRST_DUE, digest)
    assert Receipt.objects.get(version=gone).typed_name == "Aïcha Benyahia"
    with pytest.raises(Shredded):
        gone.read()
    assert PacketVersion.objects.get(pk=world.things["second"].pk).read().quota.amount == 917342
    entry = Entry.objects.get(verb="packet.shredded")
    assert (entry.subject, entry.actor) == (world["rep"], world["revops"])


def test_letters_and_what_people_wrote_go_with_it(world):
    first = world.things["first"]
    answer = PacketAnswer.objects.create(
        version=first,
        person=world["rep"],
        kind="DECLINED",
        typed_name="Aïcha Benyahia",
        content_hash=first.content_hash,
        sealed_reason=seal_text("917342 is too much"),
        at=EARLY,
    )
    run = LetterRun.objects.create(kickoff=world.kickoff)
    LetterFile.objects.create(
        run=run, version=first, kind="LETTER", language="en", key="x", queued_at=EARLY
    )

    shred(world, FIRST_DUE, 1)

    answer.refresh_from_db()
    assert open_text(answer.sealed_reason) == "Deleted under retention."
    assert not LetterFile.objects.filter(version=first).exists()


def test_nothing_goes_that_the_page_has_not_shown(world):
    with pytest.raises(actions.RecordRefused, match="has changed"):
        shred(world, FIRST_DUE, 3)

    assert not PacketVersion.objects.exclude(shredded_at=None).exists()


def test_before_three_years_nothing_goes(world):
    assert shred(world, EARLY, 0) == 0
    with pytest.raises(actions.RecordRefused):
        shred(world, EARLY, 1)


def test_a_hold_stops_deletion_until_it_is_lifted(world):
    placed = hold(world)

    assert shred(world, ALL_DUE, 1) == 1  # the peer's alone
    assert (
        PacketVersion.objects.filter(packet=world.things["packet"], shredded_at=None).count() == 2
    )

    actions.lift_hold(hold_id=placed.pk, by=world["revops"], at=ALL_DUE)
    assert shred(world, ALL_DUE, 2) == 2


def test_a_hold_has_a_reason_and_stands_once(world):
    with pytest.raises(actions.RecordRefused, match="Say why"):
        actions.place_hold(
            packet_id=world.things["packet"].pk, reason=" ", by=world["revops"], at=EARLY
        )
    placed = hold(world)
    with pytest.raises(actions.RecordRefused, match="held already"):
        hold(world)
    actions.lift_hold(hold_id=placed.pk, by=world["revops"], at=FIRST_DUE)
    with pytest.raises(actions.RecordRefused, match="lifted already"):
        actions.lift_hold(hold_id=placed.pk, by=world["revops"], at=FIRST_DUE)
    placed.refresh_from_db()
    assert placed.reason() == "A claim"
    assert "claim" not in placed.sealed_reason
    assert not Entry.objects.filter(subject=world["rep"], verb__startswith="packets.h").exists()


@pytest.mark.parametrize(
    "change",
    [
        "sealed = ''",
        "sealed = '', shredded_at = '2029-12-31 00:00:00+00'",
        "shredded_at = '2040-01-01 00:00:00+00'",
    ],
)
def test_the_database_itself_refuses_to_empty_what_is_kept(world, change):
    with (
        pytest.raises(IntegrityError, match="kept for three years"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE events_packetversion SET {change}")  # noqa: S608


def test_the_database_itself_refuses_to_empty_what_is_held(world):
    hold(world)

    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        PacketVersion.objects.filter(packet=world.things["packet"]).shred(
            datetime(2050, 1, 1, tzinfo=UTC)
        )


def test_what_was_deleted_stays_so(world):
    shred(world, ALL_DUE, 3)

    for changes in ({"sealed": "x"}, {"sealed": "x", "shredded_at": None}, {"shredded_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PacketVersion._base_manager.update(**changes)
    with pytest.raises(Frozen):
        PacketVersion.objects.update(shredded_at=None)


def test_the_database_keeps_its_guard_after_every_migration():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = {name for (name,) in cursor.fetchall()}

    assert {"events_packetversion_kept", "events_packetversion_frozen"} <= names


def test_no_path_deletes_rows_that_are_kept(world):
    for attack in (
        lambda: world.things["first"].delete(),
        lambda: PacketVersion.objects.all().delete(),
        lambda: PacketVersion._base_manager.filter(pk=world.things["first"].pk).delete(),
        lambda: Packet.objects.all().delete(),
        lambda: world.things["packet"].delete(),
        lambda: world["rep"].delete(),
        lambda: world.kickoff.delete(),
        lambda: Receipt.objects.all().delete() and PacketVersion.objects.all().delete(),
    ):
        with pytest.raises((ProtectedError, Frozen, IntegrityError)), transaction.atomic():
            attack()

    assert PacketVersion.objects.count() == 3


@pytest.mark.postgres
def test_not_even_by_sql_is_a_released_version_deleted(world):
    with (
        pytest.raises(IntegrityError, match="kept for three years"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "DELETE FROM events_packetversion WHERE id = %s", [world.things["second"].pk]
        )


def test_a_hold_is_lifted_never_deleted(world):
    placed = hold(world)

    with pytest.raises(Frozen):
        placed.delete()
    with pytest.raises(Frozen):
        LegalHold.objects.all().delete()


def test_what_must_never_be_stored_of_holds_and_handouts_is_not(world):
    revops, packet = world["revops"], world.things["packet"]
    held = {"packet": packet, "placed_by": revops, "placed_at": EARLY}
    handout = {"requested_by": revops, "requested_at": EARLY}
    wrong = [
        lambda: LegalHold.objects.create(sealed_reason="", **held),
        lambda: LegalHold.objects.create(
            sealed_reason="x", lifted_at=EARLY - timedelta(days=1), lifted_by=revops, **held
        ),
        lambda: LegalHold.objects.create(sealed_reason="x", lifted_at=EARLY, **held),
        lambda: Handout.objects.create(kind="COUNSEL", kickoff=world.kickoff, **handout),
        lambda: Handout.objects.create(kind="COUNSEL", sealed_purpose="x", **handout),
        lambda: Handout.objects.create(kind="OWN", **handout),
        lambda: Handout.objects.create(kind="OWN", rep=world["rep"], state="READY", **handout),
        lambda: Handout.objects.create(kind="OWN", rep=world["rep"], state="ENDED", **handout),
        lambda: Handout.objects.create(kind="OWN", rep=world["rep"], parts_done=1, **handout),
    ]
    for make in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    own = Handout.objects.create(kind="OWN", rep=world["rep"], **handout)
    HandoutPart.objects.create(handout=own, packet=packet)
    for make in (
        lambda: Handout.objects.create(kind="OWN", rep=world["rep"], **handout),
        lambda: HandoutPart.objects.create(handout=own, packet=packet),
        lambda: HandoutPart.objects.create(handout=own, packet=world.things["other"], sealed="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_an_archive_made_before_does_not_outlive_what_was_deleted(world):
    handout = actions.export_for_counsel(
        kickoff=world.kickoff, purpose="A claim", by=world["revops"], at=FIRST_DUE
    )

    shred(world, FIRST_DUE, 1)

    handout.refresh_from_db()
    assert handout.state == Handout.State.ENDED
    assert not handout.parts.exists()


def test_the_reasons_turn_with_the_key(world):
    assert seal_text("") == ""
    assert seal_text("a") != seal_text("a")


def test_retention_is_read_with_one_query_for_any_number(world, django_assert_num_queries):
    for number in range(3, 12):
        PacketVersionFactory(packet=world.things["packet"], number=number, state="SUPERSEDED")

    with django_assert_num_queries(1) as captured:
        assert len(queries.kept_of(world.kickoff, ALL_DUE)) == 12
    assert '"sealed"' not in captured[0]["sql"]
