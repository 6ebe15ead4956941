"""Letters are queued once, made once, apart from one another, and survive workers that die."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.packets.delivery.actions import import_packets, sign_receipt
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.rows import PacketRow, Rep
from events.packets.letters import actions, queries
from events.packets.letters.actions import LetterRefused, rendering
from events.packets.letters.models import LetterBrand, LetterFile, LetterRun
from events.packets.letters.rules.brand import Brand
from events.sealing.actions import rotate_keys
from events.sealing.rules import Unreadable
from events.tests.factories import KickoffFactory, PacketVersionFactory, packet_content
from events.tests.packets.delivery.importing import approve_all, release_all
from events.tests.packets.letters.times import AT
from people.activity.models import Entry
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
State, Kind = LetterFile.State, LetterFile.Kind


@pytest.fixture
def drawn(monkeypatch):
    """Letters are counted instead of laid out; a test may say which fail."""
    made = []

    def make(version, kind, language, at, brand=None):
        made.append((version.pk, kind, language))
        if version.pk in make.broken:
            raise ValueError("quota 917342 is wrong")
        return b"%PDF-" + str(version.pk).encode(), 3

    make.broken = set()
    make.made = made
    monkeypatch.setattr(rendering, "draw_letter", make)
    return make


def queue(world, *roles):
    versions = [world.things[role] for role in roles or ("rep", "peer")]
    return actions.queue_letters(versions=versions, at=AT)


def states():
    return sorted(LetterFile.objects.values_list("state", flat=True))


def test_a_letter_is_queued_once(world):
    assert [queue(world), queue(world)] == [2, 0]
    assert states() == [State.WAITING, State.WAITING]


def test_queueing_takes_the_same_statements_for_many(world, django_assert_max_num_queries):
    more = [PacketVersionFactory(packet__kickoff=world.kickoff) for _ in range(12)]
    with django_assert_max_num_queries(12):
        assert actions.queue_letters(versions=more, at=AT) == 12


def test_a_batch_makes_what_waits_and_says_whether_more_does(world, drawn):
    queue(world)

    batch = actions.render_batch(at=AT)

    assert (batch.ready, batch.failed, batch.more) == (2, 0, False)
    file = LetterFile.objects.get(version=world.things["rep"])
    assert file.read() == b"%PDF-" + str(world.things["rep"].pk).encode()
    assert (file.pages, file.rendered_at is not None, file.leased_until) == (3, True, None)
    assert actions.render_batch(at=AT).ready == 0
    assert len(drawn.made) == 2


def test_what_lies_in_the_table_is_encrypted(world, drawn):
    queue(world)
    actions.render_batch(at=AT)

    assert b"%PDF" not in bytes(LetterFile.objects.first().pdf)


def test_one_bad_letter_stops_no_other_and_says_why_without_a_figure(world, drawn, caplog):
    drawn.broken = {world.things["rep"].pk}
    queue(world)

    batch = actions.render_batch(at=AT)

    assert (batch.ready, batch.failed) == (1, 1)
    failed = LetterFile.objects.get(state=State.FAILED)
    assert "ValueError" in failed.problem
    assert not re.search(r"917[,_ ]?\d{3}", failed.problem + caplog.text)
    assert f"Letter {failed.pk}" in caplog.text


def test_a_failed_letter_is_tried_again_when_somebody_says_so(world, drawn):
    drawn.broken = {world.things["rep"].pk}
    queue(world)
    actions.render_batch(at=AT)
    assert actions.render_batch(at=AT).ready == 0
    drawn.broken = set()

    count = actions.try_again(kickoff=world.kickoff, by=world["revops"], at=AT)

    assert count == 1
    assert actions.render_batch(at=AT).ready == 1
    assert Entry.objects.filter(verb="letters.tried_again").count() == 1
    assert len(drawn.made) == 3


def test_only_failed_letters_of_this_kickoff_are_tried_again(world, drawn):
    drawn.broken = {world.things["rep"].pk}
    queue(world)
    actions.render_batch(at=AT)
    pks = list(LetterFile.objects.values_list("pk", flat=True))
    elsewhere = KickoffFactory()

    by = {"by": world["revops"], "at": AT, "file_ids": pks}
    assert actions.try_again(kickoff=elsewhere, **by) == 0
    assert actions.try_again(kickoff=world.kickoff, **by) == 1


def test_a_pause_holds_until_it_is_over(world, drawn):
    queue(world)
    said = {"kickoff": world.kickoff, "by": world["revops"], "at": AT}

    assert [actions.pause_letters(**said), actions.pause_letters(**said)] == [True, False]
    assert actions.render_batch(at=AT).ready == 0
    assert queries.progress(world.kickoff, AT).is_going is False
    assert [actions.resume_letters(**said), actions.resume_letters(**said)] == [True, False]
    assert actions.render_batch(at=AT).ready == 2


def test_a_pause_in_one_kickoff_holds_up_no_other(world, drawn):
    other = PacketVersionFactory()
    queue(world)
    actions.queue_letters(versions=[other], at=AT)
    actions.pause_letters(kickoff=world.kickoff, by=world["revops"], at=AT)

    assert actions.render_batch(at=AT).ready == 1
    assert drawn.made == [(other.pk, Kind.LETTER, "en")]


def test_what_a_dead_worker_held_is_made_by_another_once_its_lease_is_over(world, drawn):
    queue(world, "rep")
    held = LetterFile.objects.filter(state=State.WAITING)
    held.update(state=State.RENDERING, leased_until=AT + timedelta(minutes=2), tries=1)

    assert actions.recover_letters(at=AT) == 0
    assert actions.render_batch(at=AT).ready == 0
    later = AT + timedelta(minutes=3)
    assert actions.recover_letters(at=later) == 1
    assert actions.render_batch(at=later).ready == 1


def test_a_letter_that_kills_its_workers_is_shown_instead(world, drawn):
    queue(world, "rep")
    LetterFile.objects.update(state=State.RENDERING, leased_until=AT, tries=3)

    actions.recover_letters(at=AT + timedelta(minutes=1))

    file = LetterFile.objects.get()
    assert file.state == State.FAILED
    assert "Three workers" in file.problem


def test_a_worker_that_comes_late_overwrites_nothing(world, drawn, monkeypatch):
    queue(world, "rep")
    file = LetterFile.objects.get()

    def slow(*args, **kwargs):
        # Its lease runs out and somebody else takes the letter
        LetterFile.objects.update(leased_until=AT + timedelta(hours=1))
        return b"late", 1

    monkeypatch.setattr(rendering, "draw_letter", slow)
    actions.render_batch(at=AT)

    file.refresh_from_db()
    assert file.state == State.RENDERING
    assert file.pdf is None


def test_a_release_again_with_one_changed_makes_one(world, drawn):
    by = {"kickoff": world.kickoff, "by": world["revops"], "at": AT}
    rows = [
        PacketRow(
            rep=Rep(world[role].pk, world[role].email, "", packet_content().identity),
            content=packet_content(),
        )
        for role in ("rep", "peer")
    ]
    import_packets(rows=rows, **by)
    approve_all(world.kickoff, at=AT)
    assert release_all(world.kickoff, at=AT).count == 2
    actions.render_batch(at=AT)
    drawn.made.clear()
    changed = replace(rows[0].content, comp=packet_content(base="85000").comp)
    rows[0] = PacketRow(rep=rows[0].rep, content=changed)

    import_packets(rows=rows, **by)
    approve_all(world.kickoff, at=AT)
    released = release_all(world.kickoff, at=AT).count
    actions.queue_missing(**by)
    actions.render_batch(at=AT)

    assert released == 1
    third = PacketVersion.objects.get(packet__rep=world["rep"], number=3)
    assert [version for version, _k, _l in drawn.made if version == third.pk] == [third.pk]
    # What was released before the letters' room was there gets its own, once
    assert len(drawn.made) == 3


def test_a_signature_queues_the_signed_copy(world, drawn):
    version = world.things["rep"]

    sign_receipt(version_id=version.pk, by=world["rep"], typed_name="Aïcha Benyahia", at=AT)
    actions.render_batch(at=AT)

    assert drawn.made == [(version.pk, Kind.SIGNED_COPY, "en")]
    assert queries.file_of(version, Kind.SIGNED_COPY).state == State.READY


def test_what_nobody_queued_is_found_and_queued(world, sign, drawn):
    sign(world.things["rep"])
    said = {"kickoff": world.kickoff, "by": world["revops"], "at": AT}

    assert queries.progress(world.kickoff, AT).missing == 3
    assert [actions.queue_missing(**said), actions.queue_missing(**said)] == [3, 0]
    assert queries.progress(world.kickoff, AT).missing == 0


def test_a_letter_that_is_asked_for_is_made_on_the_spot_and_kept(world, drawn):
    version = world.things["rep"]
    asked = {"version": version, "kind": Kind.LETTER, "at": AT}

    assert actions.letter_now(**asked) == actions.letter_now(**asked)
    assert len(drawn.made) == 1
    assert states() == [State.READY]


def test_a_letter_in_other_hands_is_made_for_who_asks_and_not_kept(world, drawn):
    queue(world, "rep")
    LetterFile.objects.update(state=State.RENDERING, leased_until=AT + timedelta(minutes=1))

    pdf = actions.letter_now(version=world.things["rep"], kind=Kind.LETTER, at=AT)

    assert pdf.startswith(b"%PDF-")
    assert states() == [State.RENDERING]


def test_a_letter_that_cannot_be_made_is_refused_in_words(world, drawn):
    drawn.broken = {world.things["rep"].pk}

    with pytest.raises(LetterRefused, match="could not be laid out"):
        actions.letter_now(version=world.things["rep"], kind=Kind.LETTER, at=AT)
    assert states() == [State.FAILED]


def test_another_language_is_another_letter(world, drawn):
    queue(world, "rep")
    actions.render_batch(at=AT)
    world["rep"].language = "de"
    world["rep"].save(update_fields=["language"])
    version = PacketVersion.objects.get(pk=world.things["rep"].pk)

    actions.letter_now(version=version, kind=Kind.LETTER, at=AT)

    assert [language for _pk, _kind, language in drawn.made] == ["en", "de"]


def test_a_look_is_saved_as_the_next_edition_and_leaves_what_was_made(world, drawn):
    queue(world, "rep")
    actions.render_batch(at=AT)
    said = {"kickoff": world.kickoff, "by": world["revops"], "at": AT}

    saved = [
        actions.save_brand(brand=Brand(ink="#111111"), **said),
        actions.save_brand(brand=Brand(ink="#111111"), **said),
        actions.save_brand(brand=Brand(ink="#222222"), **said),
    ]

    assert [one.edition if one else None for one in saved] == [1, None, 2]
    assert actions.queue_letters(versions=[world.things["rep"]], at=AT) == 0
    assert queries.brand_of(world.kickoff).ink == "#222222"


def test_two_who_save_a_look_at_once_do_not_overwrite_each_other(world, monkeypatch):
    LetterBrand.objects.create(kickoff=world.kickoff, edition=1, saved_at=AT)
    monkeypatch.setattr(queries, "brand_of", lambda kickoff: Brand())

    with pytest.raises(LetterRefused, match="Somebody else"):
        actions.save_brand(
            kickoff=world.kickoff, brand=Brand(ink="#111111"), by=world["revops"], at=AT
        )


def test_the_letter_of_one_rep_copied_into_the_row_of_another_does_not_open(world, drawn):
    queue(world, "rep", "peer")
    actions.render_batch(at=AT)
    mine, theirs = (LetterFile.objects.get(version=world.things[one]) for one in ("rep", "peer"))
    with behind_our_back():
        LetterFile.objects.filter(pk=mine.pk).update(pdf=theirs.pdf)

    with pytest.raises(Unreadable, match="another row"):
        actions.letter_now(version=world.things["rep"], kind="LETTER", at=AT)


def test_turning_the_key_seals_letters_anew(world, drawn, settings):
    queue(world, "rep")
    actions.render_batch(at=AT)
    before = bytes(LetterFile.objects.get().pdf)
    settings.PACKET_KEYS = [
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", *settings.PACKET_KEYS
    ]  # fmt: skip

    rotate_keys(by=None, at=AT)
    settings.PACKET_KEYS = settings.PACKET_KEYS[:1]

    file = LetterFile.objects.get()
    assert bytes(file.pdf) != before
    assert file.read().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "READY"},
        {"state": "RENDERING"},
        {"state": "FAILED"},
        {"state": "WAITING", "leased_until": AT},
        {"state": "WAITING", "pdf": b"x"},
    ],
)
def test_the_table_refuses_a_letter_that_cannot_be(world, fields):
    run = LetterRun.objects.create(kickoff=world.kickoff)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterFile.objects.create(
            run=run, version=world.things["rep"], kind="LETTER", language="en", queued_at=AT,
            **fields,
        )  # fmt: skip
