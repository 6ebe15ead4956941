"""Exports for counsel, and a rep's own: made part by part, sealed, fetched by whom they are for."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from events.packets.delivery import queries as packets
from events.packets.inquiries.models import Inquiry, InquiryMessage, QuotaWish
from events.packets.records import actions, tasks
from events.packets.records.actions import exporting, papers
from events.packets.records.models import Handout, HandoutPart
from events.tests.factories import PacketVersionFactory
from events.tests.packets.delivery.pages import FIGURES
from people.activity.models import Entry
from people.mail.models import Message
from people.org.models import Region

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_letters(monkeypatch):
    """A letter in no time; that the real one is a PDF is tested where it is made."""
    monkeypatch.setattr(papers, "letter_now", lambda **about: b"%PDF-")


def export(world, at=NOW, **scope):
    return actions.export_for_counsel(
        kickoff=world.kickoff, purpose="Benyahia ./. us, 917342", by=world["revops"], at=at, **scope
    )


def built(handout, at=NOW):
    assert not actions.build_handout(handout_id=handout.pk, at=at)
    handout.refresh_from_db()
    return handout


def unzipped(handout):
    return zipfile.ZipFile(io.BytesIO(b"".join(actions.archive_of(handout))))


def table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_an_export_holds_every_released_version_with_its_proof(world):
    handout = built(export(world))

    archive = unzipped(handout)
    packet = world.things["packet"]
    folder = f"aicha-benyahia-{packet.pk}"
    assert {f"{folder}/packet-fy28-v1.pdf", f"{folder}/packet-fy28-v2.pdf"} <= set(
        archive.namelist()
    )
    content = archive.read(f"{folder}/packet-fy28-v1.json")
    assert hashlib.sha256(content).hexdigest() == world.things["first"].content_hash
    receipts = table(archive, "receipts.csv")
    assert len(receipts) == 4
    signed = next(row for row in receipts[1:] if row[8])
    assert signed[8:10] == ["Aïcha Benyahia", world.things["first"].content_hash]
    assert handout.parts_done == handout.parts_total == 2
    assert handout.expires_at == handout.ready_at + timedelta(days=7)


def test_the_trail_of_a_packet_is_in_it(world):
    packet = world.things["packet"]
    Entry.objects.create(
        actor=world["manager"],
        verb="packet.viewed",
        subject=world["rep"],
        object_label="events.packet",
        object_id=packet.pk,
        at=NOW,
    )

    trail = table(unzipped(built(export(world))), "trail.csv")

    assert trail[1][2:5] == ["2027-02-10T09:00:00Z", "Søren Lindqvist", "Your packet was opened"]


def test_what_was_asked_wished_for_and_answered_is_in_it_in_full(world):
    first = world.things["first"]
    inquiry = Inquiry(
        version=first,
        asked_by=world["rep"],
        kind="CREDITING",
        routed_to="REVOPS",
        opened_at=NOW - timedelta(days=20),
        due_at=NOW,
    )
    inquiry.write("Does the whole deal count for me?")
    inquiry.save()
    answer = InquiryMessage(inquiry=inquiry, kind="ANSWER", by=world["revops"], at=NOW)
    answer.write("The part without the partner does.")
    answer.save()
    wish = QuotaWish(version=first, wished_by=world["rep"], wished_at=NOW)
    wish.write(Decimal(800_000), "Two renewals have gone")
    wish.save()

    rows = table(unzipped(built(export(world))), "questions.csv")[1:]

    assert [row[5:] for row in rows] == [
        ["Aïcha Benyahia", "asked", "Does the whole deal count for me?"],
        ["Mateusz Wiśniewski", "answered", "The part without the partner does."],
        ["Aïcha Benyahia", "wished", f"800000 {first.currency}: Two renewals have gone"],
    ]
    assert {row[2] for row in rows} == {"1"}
    assert [row[3] for row in rows] == ["Crediting", "Crediting", "Wish for another quota"]


def test_a_question_that_no_key_opens_stops_no_export(world):
    inquiry = Inquiry(
        version=world.things["first"],
        asked_by=world["rep"],
        kind="DATA",
        routed_to="REVOPS",
        opened_at=NOW,
        due_at=NOW,
        sealed="gibberish",
    )
    inquiry.save()

    rows = table(unzipped(built(export(world))), "questions.csv")[1:]

    assert [row[7] for row in rows] == ["No key opens this."]


def test_it_is_of_all_of_a_region_or_of_one(world):
    assert export(world).parts_total == 2
    assert export(world, region=world["rep"].region).parts_total == 1
    assert export(world, rep=world["peer"]).parts_total == 1
    nowhere = Region.objects.create(name="Nowhere")
    with pytest.raises(actions.RecordRefused, match="nothing to hand out"):
        export(world, region=nowhere)


def test_it_needs_a_purpose_which_is_sealed(world):
    with pytest.raises(actions.RecordRefused, match="what it is for"):
        actions.export_for_counsel(kickoff=world.kickoff, purpose="  ", by=world["revops"], at=NOW)
    handout = export(world)
    assert handout.purpose() == "Benyahia ./. us, 917342"
    assert not FIGURES.search(repr(Handout.objects.values_list()))
    assert not FIGURES.search(repr(Entry.objects.values_list("note", "verb")))


def test_what_is_made_is_sealed_and_no_task_carries_any_of_it(world, monkeypatch):
    sent = []
    handout = export(world)
    monkeypatch.setattr(tasks.build_handout, "delay", lambda **sending: sent.append(sending))

    result = tasks.build_handout(handout_id=handout.pk)

    assert (result, sent) == (False, [])
    stored = repr(list(HandoutPart.objects.values_list()))
    assert not FIGURES.search(stored)
    assert "%PDF" not in stored
    assert not Message.objects.exists()


def test_each_rep_sees_that_it_was_fetched_and_by_whom(world):
    handout = built(export(world))
    assert packets.openings(world.things["packet"]) == []

    actions.record_fetch(handout=handout, by=world["revops"], at=NOW)

    for packet in (world.things["packet"], world.things["other"]):
        (opening,) = packets.openings(packet)
        assert (opening.person, opening.is_export) == (world["revops"], True)
    entries = Entry.objects.filter(verb="packet.exported")
    assert {entry.subject for entry in entries} == {world["rep"], world["peer"]}
    assert {entry.note for entry in entries} == {""}


def test_after_seven_days_it_is_deleted_and_that_it_was_there_is_kept(world):
    handout = built(export(world))
    later = handout.expires_at

    assert actions.tend_handouts(later - timedelta(minutes=1))["ended"] == 0
    assert actions.tend_handouts(later)["ended"] == 1

    handout.refresh_from_db()
    assert (handout.state, handout.parts_total) == ("ENDED", 2)
    assert not HandoutPart.objects.exists()
    with pytest.raises(actions.RecordRefused, match="not here any more"):
        actions.record_fetch(handout=handout, by=world["revops"], at=later)


def test_it_cannot_be_fetched_past_its_time_even_before_the_tick(world):
    handout = built(export(world))

    with pytest.raises(actions.RecordRefused):
        actions.record_fetch(handout=handout, by=world["revops"], at=handout.expires_at)


def test_a_letter_that_cannot_be_made_stops_no_other_and_is_counted(world, monkeypatch, caplog):
    def one_bad(*, version, **about):
        if version.number == 2:
            raise ValueError("917342 is too much")
        return b"%PDF-"

    monkeypatch.setattr(papers, "letter_now", one_bad)

    handout = built(export(world))

    archive = unzipped(handout)
    assert any(name.endswith("v1.pdf") for name in archive.namelist())
    assert not any(name.endswith("v2.pdf") for name in archive.namelist())
    assert "1 letter could not be made" in archive.read("README.txt").decode()
    assert "ValueError" in caplog.text
    assert not FIGURES.search(caplog.text)


def test_work_that_stops_is_taken_up_where_it_was(world, monkeypatch):
    handout = export(world)
    assert actions.build_handout(handout_id=handout.pk, at=NOW, seconds=-1)

    def killed(**about):
        raise SystemExit("gone")

    monkeypatch.setattr(papers, "letter_now", killed)
    with pytest.raises(SystemExit, match="gone"):
        actions.build_handout(handout_id=handout.pk, at=NOW)
    monkeypatch.setattr(papers, "letter_now", lambda **about: b"%PDF-")

    # The lease of the one that died
    assert not actions.build_handout(handout_id=handout.pk, at=NOW + timedelta(minutes=1))
    handout.refresh_from_db()
    assert handout.state == "WAITING"
    actions.tend_handouts(NOW + timedelta(minutes=6))

    handout.refresh_from_db()
    assert (handout.state, handout.parts_done) == ("READY", 2)


def test_an_archive_that_grows_too_large_is_not_kept(world, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_BYTES", 10)

    handout = export(world)
    actions.build_handout(handout_id=handout.pk, at=NOW)

    handout.refresh_from_db()
    assert (handout.state, handout.ready_at) == ("ENDED", None)
    assert not handout.parts.exists()


def test_too_many_packets_are_refused_at_once(world, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_PACKETS", 1)

    with pytest.raises(actions.RecordRefused, match="Take a region at a time"):
        export(world)


def test_what_was_deleted_under_retention_is_in_the_table_alone(world):
    due = datetime(2030, 1, 21, 12, tzinfo=UTC)
    actions.shred_due(kickoff=world.kickoff, expected=1, by=world["revops"], at=due)

    archive = unzipped(built(export(world, at=due), at=due))

    folder = f"aicha-benyahia-{world.things['packet'].pk}"
    assert f"{folder}/packet-fy28-v2.pdf" in archive.namelist()
    assert f"{folder}/packet-fy28-v1.pdf" not in archive.namelist()
    gone = next(row for row in table(archive, "receipts.csv") if row[3] == "1" and row[10])
    assert (gone[8], gone[10]) == ("Aïcha Benyahia", "2030-01-21T12:00:00Z")


def test_a_rep_gets_their_own_of_every_kickoff_and_nobody_elses(world):
    handout = built(actions.ask_for_own(by=world["rep"], at=NOW))

    archive = unzipped(handout)

    assert handout.parts_total == 1
    assert {row[0] for row in table(archive, "receipts.csv")[1:]} == {"Aïcha Benyahia"}
    assert actions.ask_for_own(by=world["rep"], at=NOW) == handout


def test_asked_for_again_once_it_is_over(world):
    first = built(actions.ask_for_own(by=world["rep"], at=NOW))

    again = actions.ask_for_own(by=world["rep"], at=first.expires_at)

    assert again != first
    with pytest.raises(actions.RecordRefused, match="nothing to hand out"):
        actions.ask_for_own(by=world["planner"], at=NOW)


def test_a_draft_is_in_no_handout(world):
    PacketVersionFactory(packet=world.things["packet"], number=3, state="DRAFT")

    names = unzipped(built(export(world))).namelist()

    assert any("v2" in name for name in names)
    assert not any("v3" in name for name in names)


def taken_back(version, viewed_at=None):
    fields = {"state": "RECALLED", "recalled_at": NOW + timedelta(hours=1), "viewed_at": viewed_at}
    type(version).objects.filter(pk=version.pk).update(**fields)


def test_what_was_taken_back_unopened_goes_to_counsel_and_not_to_its_rep(world):
    taken_back(world.things["second"])

    mine = unzipped(built(actions.ask_for_own(by=world["rep"], at=NOW + timedelta(hours=2))))
    counsels = unzipped(built(export(world)))

    assert not any("v2" in name for name in mine.namelist())
    assert [row[3] for row in table(mine, "receipts.csv")[1:]] == ["1"]
    assert any("v2" in name for name in counsels.namelist())


def test_files_made_before_a_version_was_taken_back_unopened_are_not_fetched(world):
    handout = built(actions.ask_for_own(by=world["rep"], at=NOW))
    taken_back(world.things["second"])

    later = NOW + timedelta(hours=2)
    with pytest.raises(actions.RecordRefused, match="Ask for them again"):
        actions.record_fetch(handout=handout, by=world["rep"], at=later)

    again = actions.ask_for_own(by=world["rep"], at=later)
    assert again != handout
    assert not handout.parts.exists()


def test_a_rep_who_fetches_their_own_has_opened_it_and_keeps_it_after_a_recall(world):
    handout = built(actions.ask_for_own(by=world["rep"], at=NOW))

    actions.record_fetch(handout=handout, by=world["rep"], at=NOW)

    world.things["second"].refresh_from_db()
    assert (world.things["second"].state, world.things["second"].viewed_at) == ("VIEWED", NOW)
    taken_back(world.things["second"], viewed_at=NOW)
    actions.record_fetch(handout=handout, by=world["rep"], at=NOW + timedelta(hours=2))


def test_files_that_are_over_are_deleted_when_others_are_asked_for(world):
    first = built(actions.ask_for_own(by=world["rep"], at=NOW))

    actions.ask_for_own(by=world["rep"], at=first.expires_at)

    assert not first.parts.exists()


def test_a_lease_outlasts_the_time_of_a_task():
    assert exporting.LEASE.total_seconds() > exporting.TASK_SECONDS
