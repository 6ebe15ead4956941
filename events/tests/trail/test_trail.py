"""The trail is sealed in batches; each change of it is found, and said where it begins."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from core.guards import installed
from events.packets.delivery.models import PacketVersion
from events.packets.records.actions import RecordRefused, shorten_trail
from events.packets.records.models import LegalHold
from events.sealing.actions import rotate_keys
from events.tests.factories import PacketFactory, PacketVersionFactory
from events.trail import actions, queries, rules
from events.trail.models import TrailSeal
from people.activity.actions import record_entry
from people.activity.models import Entry, Passage
from people.tests.factories import PersonFactory, RevOpsFactory
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
LATER = AT + actions.MARGIN


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 4)


@pytest.fixture
def rep():
    return PersonFactory()


@pytest.fixture
def entries(rep):
    """Ten entries under three seals."""
    made = write(rep, 10)
    seal()
    return made


def write(rep, count, at=AT):
    by = RevOpsFactory()
    return [
        record_entry(by=by, verb="packet.viewed", at=at, subject=rep, note=f"version {number}")
        for number in range(count)
    ]


def seal(at=AT):
    actions.seal_trail(at)
    return actions.seal_trail(at + actions.MARGIN)


def tamper(statement, *values):
    """As whoever owns the tables: without their triggers."""
    with installed.lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def breaks(**options):
    return [str(found) for found in queries.verify(**options).breaks]


def test_what_was_there_half_an_hour_ago_is_sealed_in_batches(rep):
    write(rep, 10)

    assert actions.seal_trail(AT) == {"sealed": 0}
    assert actions.seal_trail(LATER - timedelta(seconds=1)) == {"sealed": 0}
    assert actions.seal_trail(LATER) == {"sealed": 10}
    assert actions.seal_trail(LATER) == {"sealed": 0}

    assert list(TrailSeal.objects.values_list("number", "count")) == [(1, 4), (2, 4), (3, 2)]
    verdict = queries.verify()
    assert (verdict.seals, verdict.entries, verdict.unsealed, verdict.breaks) == (3, 10, 0, [])


def test_a_clock_that_was_put_forward_and_back_holds_nothing_up(rep):
    write(rep, 3)
    actions.seal_trail(AT + timedelta(days=90))

    assert actions.seal_trail(AT) == {"sealed": 0}
    assert actions.seal_trail(LATER) == {"sealed": 3}


def test_what_one_tick_leaves_the_next_goes_on_with(rep, monkeypatch):
    monkeypatch.setattr(actions, "BATCHES", 2)
    write(rep, 10)
    actions.seal_trail(AT)

    assert [actions.seal_trail(LATER) for _ in range(3)] == [
        {"sealed": 8}, {"sealed": 2}, {"sealed": 0},
    ]  # fmt: skip
    assert breaks() == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("verb = 'packet.left_alone'", "its verb, thing or time was changed"),
        ("at = '2027-03-02 00:00:00+00'", "its verb, thing or time was changed"),
        ("object_id = 7", "its verb, thing or time was changed"),
        ("note = 'version 9'", "its actor, subject or note was changed"),
        ("actor_id = NULL", "its actor, subject or note was changed"),
        ("subject_id = actor_id", "its actor, subject or note was changed"),
    ],
)
def test_an_entry_that_was_changed_is_named(entries, change, what):
    tamper(f"UPDATE people_entry SET {change} WHERE id = %s", entries[5].pk)  # noqa: S608

    assert breaks() == [f"seal 2, entry {entries[5].pk}: {what}"]


def test_an_entry_that_was_deleted_is_named(entries):
    tamper("DELETE FROM people_entry WHERE id IN (%s, %s)", entries[4].pk, entries[9].pk)

    assert breaks() == [
        f"seal 2, entry {entries[4].pk}: it was deleted",
        f"seal 3, entry {entries[9].pk}: it was deleted",
    ]


def test_an_entry_that_was_put_between_sealed_ones_is_named(rep):
    gap = write(rep, 6)[2]
    tamper("DELETE FROM people_entry WHERE id = %s", gap.pk)
    seal()

    gap.save(force_insert=True)

    assert breaks() == [f"seal 1, entry {gap.pk}: it was put in after the seal"]


def test_an_entry_that_was_put_in_before_all_others_is_named(entries):
    Entry(pk=entries[0].pk - 1, verb="packet.viewed", at=AT).save(force_insert=True)

    assert breaks() == [f"seal 1, entry {entries[0].pk - 1}: it was put in after the seal"]


def test_a_seal_that_was_deleted_is_named(entries):
    tamper("DELETE FROM events_trailseal WHERE number = 2")

    assert breaks()[0] == "seal 2: it is missing"


@pytest.mark.long
def test_a_chain_that_was_made_anew_without_the_keys_is_named(entries):
    tamper("UPDATE people_entry SET note = '' WHERE id = %s", entries[1].pk)
    previous = rules.START
    for made in TrailSeal.objects.order_by("number"):
        lines = queries.lines_of(made).values()
        salts = rules.salts_in(bytes(made.salts))
        leaves = [rules.leaf_of(line, salt) for line, salt in zip(lines, salts, strict=True)]
        made.leaves = rules.packed(leaves)
        previous = rules.hash_of(previous, made.head, made.leaves)
        tamper(
            "UPDATE events_trailseal SET leaves = %s, hash = %s WHERE id = %s",
            made.leaves, previous, made.pk,
        )  # fmt: skip

    assert breaks()[0] == "seal 1: its hash is not the one that was sealed with the keys"


def test_an_end_that_was_cut_off_is_found_with_a_hash_that_was_noted(entries):
    noted = queries.verify().head
    last = TrailSeal.objects.get(number=3)
    tamper("DELETE FROM people_entry WHERE id >= %s", last.first_id)
    tamper("DELETE FROM events_trailseal WHERE number = 3")

    assert breaks() == []
    assert breaks(expect=noted) == [
        f"seal 2: no seal has the hash {noted}: seals were cut off, or all were made anew"
    ]


def test_a_hash_that_was_noted_before_holds_while_the_trail_grows(entries, rep):
    noted = queries.verify().head
    write(rep, 2)
    seal(LATER + actions.MARGIN)

    assert queries.verify().seals == 4
    assert breaks(expect=noted) == []


def test_seals_hold_when_the_key_turns(entries, settings):
    settings.PACKET_KEYS = [Fernet.generate_key().decode(), *settings.PACKET_KEYS]
    rotate_keys(by=None, at=AT)
    settings.PACKET_KEYS = settings.PACKET_KEYS[:1]

    assert breaks() == []
    settings.PACKET_KEYS = [Fernet.generate_key().decode()]
    assert breaks()[0] == "seal 1: its hash under the keys cannot be read: No key opens this."


def test_who_is_erased_is_gone_and_the_seals_hold(entries, rep):
    other = write(PersonFactory(), 1)[0]
    seal(LATER + actions.MARGIN)

    assert actions.erase_from_trail(person=rep, by=RevOpsFactory(), at=LATER) == 10

    assert not Entry.objects.filter(subject=rep).exists()
    assert set(Entry.objects.filter(pk__in=[e.pk for e in entries]).values_list("note")) == {("",)}
    verdict = queries.verify()
    assert (verdict.entries, verdict.erased, verdict.breaks) == (11, 10, [])
    assert Passage.objects.get(reason="ERASURE").note == "10 entries"
    assert Entry.objects.get(verb="trail.erased").note == "10 entries"
    tamper("UPDATE people_entry SET note = 'x' WHERE id IN (%s, %s)", entries[0].pk, other.pk)
    assert len(breaks()) == 2


def test_what_is_old_goes_with_a_checkpoint_and_the_seals_hold(rep):
    old, young = write(rep, 6), write(rep, 6, at=AT + timedelta(days=400))
    seal()
    by = RevOpsFactory()

    gone = actions.remove_before(before=AT + timedelta(days=1), why="Five years", by=by, at=LATER)

    # Two of the six share their seal with young ones
    assert gone == 4
    assert list(Entry.objects.filter(verb="packet.viewed")) == [*young[::-1], *old[:3:-1]]
    checkpoint = TrailSeal.objects.removals().get()
    assert (checkpoint.number, checkpoint.count, checkpoint.why) == (4, 4, "Five years")
    verdict = queries.verify()
    assert (verdict.entries, verdict.removed, verdict.breaks) == (8, 4, [])
    old[0].save(force_insert=True)
    assert "it is back, after its deletion under retention" in breaks()[0]


def test_what_is_not_as_it_was_sealed_is_not_deleted(entries):
    tamper("UPDATE people_entry SET verb = 'x' WHERE id = %s", entries[0].pk)

    with pytest.raises(actions.TrailRefused, match="not what was sealed"):
        actions.remove_before(before=LATER, why="Old", by=None, at=LATER)


@pytest.mark.parametrize(
    ("why", "years", "match"), [(" ", 4, "Say why"), ("Old", 2, "that young is kept")]
)
def test_the_trail_is_shortened_for_a_reason_and_not_too_soon(entries, why, years, match):
    with pytest.raises(RecordRefused, match=match):
        shorten_trail(before=LATER, why=why, by=None, at=AT.replace(year=AT.year + years))


def test_the_trail_of_what_is_kept_or_held_stays(entries):
    long_after = AT.replace(year=2040)
    version = PacketVersionFactory(state="SUPERSEDED", superseded_at=AT)
    with pytest.raises(RecordRefused, match="Versions of packets"):
        shorten_trail(before=LATER, why="Old", by=None, at=long_after)
    hold = LegalHold.objects.create(
        packet=PacketFactory(), sealed_reason="x", placed_by=RevOpsFactory(), placed_at=AT
    )
    with pytest.raises(RecordRefused, match="legal hold"):
        shorten_trail(before=LATER, why="Old", by=None, at=long_after)
    LegalHold.objects.filter(pk=hold.pk).update(lifted_at=AT, lifted_by=hold.placed_by)
    with behind_our_back("RETENTION"):
        PacketVersion.objects.filter(pk=version.pk).shred(long_after)

    assert shorten_trail(before=LATER, why="Old", by=None, at=long_after) == 10


def test_the_commands_say_what_holds_and_where_it_breaks(entries, rep):
    out = StringIO()
    call_command("verify_trail", stdout=out)
    assert "10 entries under 3 seals" in out.getvalue()
    assert f"hash {queries.verify().head}" in out.getvalue()

    call_command("erase_from_trail", rep.email, stdout=out)
    assert "10 entries do not name them" in out.getvalue()
    with pytest.raises(CommandError, match="Nobody"):
        call_command("erase_from_trail", "nobody@example.com")
    with pytest.raises(CommandError, match="young"):
        call_command("shorten_trail", "--before=2027-03-02", "--why=Old")

    tamper("DELETE FROM people_entry WHERE id = %s", entries[7].pk)
    with pytest.raises(
        CommandError, match=f"first at seal 2, entry {entries[7].pk}: it was deleted"
    ):
        call_command("verify_trail", stdout=out)


def test_verifying_takes_one_query_a_seal(entries, rep, django_assert_num_queries):
    with django_assert_num_queries(6):
        queries.verify()
    write(rep, 4)
    seal(LATER + actions.MARGIN)

    with django_assert_num_queries(7):
        queries.verify()
