"""Attacks on approval, embargo, answers and recalls: no figure reaches whom it is not for."""

import logging
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from events.packets.delivery import actions
from events.packets.delivery.models import (
    EmployerSignature,
    PacketAnswer,
    PacketApproval,
    PacketApprover,
    PacketRecall,
    PacketRelease,
    PacketReturn,
    PacketRound,
    PacketVersion,
    Receipt,
    RoundQuestion,
)
from events.sealing.models import sealed_columns
from events.sealing.rules import seal
from events.tests.factories import (
    AttendeeFactory,
    PacketApproverFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.pages import (
    BASE,
    FIGURES,
    QUOTA,
    TARGET,
    at,
    confirmed,
    signed_in,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, put_under

pytestmark = [pytest.mark.look, pytest.mark.django_db]
NAME = {"typed_name": "Aïcha Benyahia"}
SECRET = f"My quota of {QUOTA} is too high"


def content(quota=QUOTA):
    return packet_content(quota=quota, base=BASE, target_variable=TARGET)


def waiting(world, **fields):
    packet = PacketFactory(kickoff=world.kickoff)
    AttendeeFactory(kickoff=world.kickoff, person=packet.rep)
    return PacketVersionFactory(packet=packet, state="DRAFT", **fields)


def submit(world):
    """RevOps sends whatever is drafted."""
    actions.submit_packets(kickoff=world.kickoff, by=world["revops"], at=timezone.now())


@pytest.fixture
def approver(world):
    PacketApproverFactory(kickoff=world.kickoff, person=world["outsider"], kind="SALES")
    return PacketApproverFactory(kickoff=world.kickoff, person=world["executive"], kind="FINANCE")


@pytest.mark.parametrize("people", [1, 4])
def test_an_approver_sees_no_figure_of_a_few(client, world, approver, people, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(people):
        waiting(world, content=content())
    submit(world)

    page = signed_in(client, world, "executive").get(at(world, "approval"))
    text = page.content.decode()

    assert "No sums: in no currency are there 5 people" in text
    assert not FIGURES.search(text)
    assert not FIGURES.search(caplog.text)
    assert page.headers["Cache-Control"] == "no-store, private"


def test_an_approver_sees_the_sum_of_five_and_of_none_of_them(client, world, approver):
    for _ in range(5):
        waiting(world, content=content())
    submit(world)

    text = signed_in(client, world, "executive").get(at(world, "approval")).content.decode()

    assert "€4,586,710" in text
    assert not FIGURES.search(text)
    assert Entry.objects.filter(verb="packets.summed_up", actor=world["executive"]).exists()


def test_an_approver_reads_no_name_and_opens_no_packet(client, world, approver):
    version = world.things["waiting"] = waiting(world, content=content())
    submit(world)
    signed_in(client, world, "executive")

    assert version.packet.rep.full_name not in client.get(at(world, "approval")).content.decode()
    for page, kwargs in (("detail", {}), ("letter", {"number": 1})):
        assert client.get(at(world, page, "waiting", **kwargs)).status_code == 404
    for page in ("desk", "approvers", "release", "import"):
        assert client.get(at(world, page)).status_code == 404


def test_an_approver_of_one_kickoff_approves_nothing_of_another(client, world, approver):
    other = PacketVersionFactory(state="DRAFT", submitted_at=timezone.now())
    url = reverse("events:packets:delivery:approve", kwargs={"slug": other.packet.kickoff.slug})

    assert signed_in(client, world, "executive").post(url).status_code == 404


def test_a_removed_approver_is_not_found_at_once(client, world, approver):
    waiting(world)
    submit(world)
    PacketApprover.objects.filter(person=world["executive"]).delete()
    signed_in(client, world, "executive")

    assert client.get(at(world, "approval")).status_code == 404
    assert client.post(at(world, "approve"), {"part": "all"}).status_code == 404
    assert not PacketApproval.objects.exists()


@pytest.mark.parametrize(
    "role", ["rep", "manager", "planner", "executive", "other_manager", "outsider"]
)
def test_nobody_but_revops_gets_at_what_is_under_embargo(client, world, role):
    packet = world.things["rep"].packet
    PacketVersion.objects.filter(packet=packet).update(state="SUPERSEDED")
    PacketVersionFactory(
        packet=packet,
        number=2,
        state="APPROVED",
        release=PacketReleaseFactory(kickoff=world.kickoff),
        content=content(quota=5917342),
    )
    signed_in(client, world, role)

    for number in (1, 2) if role not in ("rep", "manager") else (2,):
        assert client.get(at(world, "letter", "rep", number=number)).status_code == 404
        for page in ("sign", "answer", "recall", "record"):
            url = at(world, page, "rep", number=number)
            assert client.post(url, {"has_read": "on", **NAME}).status_code == 404
    for page in ("detail", "mine", "coverage", "report", "desk", "release"):
        url = at(world, page, "rep" if page == "detail" else None)
        text = client.get(url, follow=True).content.decode()
        assert "5,917,342" not in text
        assert not FIGURES.search(text)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("role", ["rep", "peer", "manager", "planner", "executive", "outsider"])
def test_nobody_but_revops_releases_lifts_recalls_or_records(client, world, role):
    release = PacketReleaseFactory(kickoff=world.kickoff)
    version = waiting(world)
    approver = PacketApproverFactory(kickoff=world.kickoff)
    signed_in(client, world, role)

    posts = [
        at(world, "submit"), at(world, "approvers"), at(world, "release"),
        at(world, "lift", release_id=release.pk), at(world, "cancel", release_id=release.pk),
        at(world, "remove_approver", approver_id=approver.pk),
        at(world, "recall", "rep", number=1), at(world, "record", "rep", number=1),
    ]  # fmt: skip
    for url in posts:
        assert client.post(url, {"reason": "x", **NAME}).status_code == 404
        assert client.get(url).status_code in (404, 405)
    release.refresh_from_db()
    version.refresh_from_db()
    assert release.is_waiting
    assert (version.state, PacketVersion.objects.get(pk=world.things["rep"].pk).state) == (
        "DRAFT",
        "RELEASED",
    )
    assert PacketApprover.objects.filter(pk=approver.pk).exists()


def test_revops_neither_recalls_nor_records_for_themselves(client, world):
    packet = PacketFactory(kickoff=world.kickoff, rep=world["revops"])
    PacketVersionFactory(packet=packet)
    signed_in(client, world, "revops")

    for page in ("recall", "record"):
        kwargs = {"slug": world.kickoff.slug, "packet_id": packet.pk, "number": 1}
        url = reverse(f"events:packets:delivery:{page}", kwargs=kwargs)
        assert client.post(url, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_numbers_that_are_not_there_are_not_found(client, world, number):
    signed_in(client, world, "revops")

    for page in ("recall", "record"):
        assert client.get(at(world, page, "rep", number=number)).status_code == 404
    for page in ("lift", "cancel"):
        url = at(world, page, release_id=10**18 + number)
        assert client.post(url).status_code == 404
    elsewhere = PacketReleaseFactory()
    assert client.post(at(world, "lift", release_id=elsewhere.pk)).status_code == 404


@pytest.mark.parametrize("ids", [["x"], ["-1"], ["9" * 40], ["٣"], ["1; DROP TABLE"]])
def test_malformed_ticks_release_and_send_nothing_of_others(client, world, ids):
    signed_in(client, world, "revops")

    assert client.get(at(world, "release"), {"packet": ids}).status_code == 200
    assert client.post(at(world, "submit"), {"packet": ids}).status_code == 302


def test_what_people_write_is_sealed_and_in_no_mail_or_trail(client, world):
    signed_in(client, world, "rep").post(
        at(world, "sign", "rep", number=1), {"has_read": "on", **NAME}
    )
    client.post(
        at(world, "answer", "rep", number=1), {"answer": "decline", "reason": SECRET, **NAME}
    )
    confirmed(client, world, "revops").post(
        at(world, "recall", "rep", number=1), {"reason": SECRET}
    )
    peer = world.things["peer"]
    actions.record_receipt(
        version_id=peer.pk, by=world["revops"], at=peer.released_at, means="PAPER",
        given_date=world.kickoff.local_date(peer.released_at), typed_name="Thabo Nkosi",
        reason=SECRET, evidence=SECRET,
    )  # fmt: skip

    assert PacketAnswer.objects.count() == PacketRecall.objects.count() == 1
    stored = [
        *Message.objects.values_list("subject", "body", "key"),
        *Entry.objects.values_list("verb", "note"),
        *(
            row
            for model in (PacketAnswer, PacketRecall, Receipt, PacketReturn, PacketRelease)
            for row in model.objects.values_list()
        ),
    ]
    assert len(stored) > 6
    assert not FIGURES.search(repr(stored))
    assert "too high" not in repr(stored)
    assert not FIGURES.search(repr([PacketAnswer.objects.get(), PacketRecall.objects.get()]))


def test_reasons_are_turned_with_the_key():
    columns = {(model.__name__, column) for model, column in sealed_columns()}

    assert {
        ("PacketAnswer", "sealed_reason"), ("PacketRecall", "sealed_reason"),
        ("PacketReturn", "sealed_reason"), ("PacketRound", "sealed"), ("Receipt", "sealed_reason"),
        ("Receipt", "sealed_evidence"), ("PacketVersion", "sealed"),
    } <= columns  # fmt: skip


def test_a_reason_that_no_key_opens_shows_nothing(client, world):
    answer = {
        "version": world.things["rep"], "person": world["rep"], "kind": "DECLINED",
        "typed_name": "A", "content_hash": "x", "at": timezone.now(),
    }  # fmt: skip
    other_key = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    PacketAnswer.objects.create(**answer, sealed_reason=seal(SECRET, other_key))

    page = signed_in(client, world, "manager").get(at(world, "detail", "rep"))

    assert page.status_code == 500
    assert not FIGURES.search(page.content.decode())


def test_nothing_of_delivery_is_in_the_admin_site():
    models = {
        PacketApprover, PacketApproval, PacketReturn, PacketRound, PacketRelease, EmployerSignature,
        PacketAnswer, PacketRecall, Receipt, RoundQuestion,
    }  # fmt: skip

    assert models <= set(apps.get_app_config("events").get_models())
    assert models.isdisjoint(admin.site._registry)


@pytest.mark.parametrize("role", ["peer", "other_manager", "planner", "executive"])
def test_why_somebody_declined_is_read_by_their_line_and_revops_alone(client, world, role):
    signed_in(client, world, "rep").post(
        at(world, "sign", "rep", number=1), {"has_read": "on", **NAME}
    )
    client.post(
        at(world, "answer", "rep", number=1), {"answer": "decline", "reason": "Too high", **NAME}
    )
    signed_in(client, world, role)

    assert client.get(at(world, "detail", "rep")).status_code == 404
    for page in ("coverage", "report", "mine"):
        assert "Too high" not in client.get(at(world, page), follow=True).content.decode()


def test_a_former_manager_reads_no_embargo_any_more(client, world):
    person = PersonFactory(manager=world["manager"])
    packet = PacketFactory(kickoff=world.kickoff, rep=person)
    PacketVersionFactory(
        packet=packet, state="APPROVED", release=PacketReleaseFactory(kickoff=world.kickoff)
    )
    url = reverse(
        "events:packets:delivery:detail",
        kwargs={"slug": world.kickoff.slug, "packet_id": packet.pk},
    )
    assert signed_in(client, world, "manager").get(url).status_code == 200

    put_under(person, world["other_manager"])

    assert client.get(url).status_code == 404


SUMS = re.compile(r"€[\d,]+")


def look(client, world, role):
    page = signed_in(client, world, role).get(at(world, "approval"))
    return set(SUMS.findall(page.content.decode()))


def test_the_second_look_after_one_packet_more_tells_nothing_about_it(client, world, approver):
    for _ in range(5):
        waiting(world)
    submit(world)
    before = look(client, world, "executive")
    waiting(world, content=content())

    signed_in(client, world, "revops").post(at(world, "submit"))
    assert look(client, world, "executive") == before != set()

    signed_in(client, world, "revops").post(at(world, "take_back"))
    assert look(client, world, "executive") == set()
    said = signed_in(client, world, "revops").post(at(world, "submit"), follow=True)
    assert "see checks and no sums" in said.content.decode()
    assert look(client, world, "executive") == look(client, world, "outsider") == set()


def test_sending_back_sends_the_whole_round_whatever_part_is_asked_for(client, world, approver):
    versions = [waiting(world, content=content()) for _ in range(6)]
    submit(world)
    look(client, world, "executive")
    page = client.get(at(world, "approval"))

    client.post(
        at(world, "send_back"),
        {"seen": page.context["round"].digest, "part": "region:", "reason": "Off"},
    )

    assert look(client, world, "outsider") == set()
    assert not PacketVersion.objects.waiting_for_approval().exists()
    assert PacketReturn.objects.get().versions.count() == len(versions)


def test_two_approvers_see_the_same_sums_though_one_drafted_and_one_holds_a_packet(
    client, world, approver
):
    AttendeeFactory(kickoff=world.kickoff, person=world["outsider"])
    packet = PacketFactory(kickoff=world.kickoff, rep=world["outsider"])
    PacketVersionFactory(packet=packet, state="DRAFT")
    for _ in range(5):
        waiting(world)
    waiting(world, drafted_by=world["executive"], content=content())
    submit(world)

    assert look(client, world, "executive") == look(client, world, "outsider") != set()


def test_what_is_out_of_the_ordinary_is_not_counted_under_five(client, world, approver):
    for _ in range(6):
        version = waiting(world, drafted_by=world["executive"])
    waiting(world)
    submit(world)
    PacketVersion.objects.filter(pk=version.pk).update(sealed="broken", drafted_by=None)

    text = signed_in(client, world, "executive").get(at(world, "approval")).content.decode()

    assert "Not every packet that waits can be opened." in text
    assert "Every packet that waits pays its target at 100%." in text
    assert "You drafted 5 of these" in text
    own = PacketVersion.objects.filter(drafted_by=world["executive"])
    own.filter(pk__in=list(own.values_list("pk", flat=True)[:2])).update(drafted_by=None)
    text = client.get(at(world, "approval")).content.decode()
    assert "You drafted some of these" in text
