"""A rep on a phone, RevOps at a desk: in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.packets.delivery import actions
from events.packets.delivery.models import PacketVersion, Receipt
from events.tests.factories import (
    PacketApproverFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = build_world()
    packet = PacketFactory(kickoff=world.kickoff, rep=world["rep"])
    PacketVersionFactory(packet=packet, state="SUPERSEDED", content=packet_content(quota="940000"))
    world.things["version"] = PacketVersionFactory(
        packet=packet, number=2, content=packet_content(), released_by=world["revops"]
    )
    return world


def test_a_rep_reads_what_changed_and_signs_the_receipt_on_a_phone(phone, sign_in, axe, world):
    sign_in(phone, world["rep"])
    phone.goto(reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug}))
    assert axe(phone) == []
    assert phone.get_by_text("The quota went from €940,000 to €900,000.").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.get_by_role("link", name="Sign", exact=True).tap()
    phone.get_by_role("button", name="Sign the receipt").tap()
    phone.get_by_text("Type your name to sign.").first.wait_for()

    phone.get_by_label("I have received version 2").check()
    phone.get_by_label("Type your full name").fill("aicha benyahia")
    phone.get_by_role("button", name="Sign the receipt").tap()

    phone.get_by_text("You signed the receipt for version 2, ").wait_for()
    assert Receipt.objects.get().version == world.things["version"]
    assert axe(phone) == []


def test_revops_opens_a_packet_beside_the_list_and_releases_what_is_approved(
    page, sign_in, axe, world
):
    approved = PacketFactory(kickoff=world.kickoff, rep=world["peer"])
    PacketVersionFactory(packet=approved, state="APPROVED")
    sign_in(page, world["revops"])
    page.goto(reverse("events:packets:delivery:desk", kwargs={"slug": world.kickoff.slug}))

    page.get_by_role("link", name="Aïcha Benyahia").click()
    page.get_by_text("Payout at 100% equals the target variable.").wait_for()
    assert page.locator("tr.k-picked").count() == 1
    assert axe(page) == []

    page.get_by_label("Choose Thabo Nkosi").check()
    page.get_by_role("button", name="Release chosen").click()
    page.get_by_label("On a day, at a time").check()
    assert axe(page) == []
    page.get_by_label("At once").check()
    page.get_by_label("Type your full name").fill("Mateusz Wisniewski")
    page.get_by_label("Your title").fill("Head of RevOps")
    page.get_by_role("button", name="Sign and release").click()
    page.get_by_text("1 packet is released; its rep gets a mail.").wait_for()
    assert PacketVersion.objects.get(packet=approved).state == "RELEASED"


def test_an_approver_sees_sums_and_approves_what_waits(page, sign_in, axe, world):
    for _ in range(5):
        PacketVersionFactory(packet__kickoff=world.kickoff, state="DRAFT")
    PacketApproverFactory(kickoff=world.kickoff, person=world["executive"], kind="FINANCE")
    PacketApproverFactory(kickoff=world.kickoff, kind="SALES")
    actions.submit_packets(kickoff=world.kickoff, by=world["revops"], at=timezone.now())
    sign_in(page, world["executive"])
    page.goto(reverse("events:packets:delivery:approval", kwargs={"slug": world.kickoff.slug}))
    assert page.get_by_text("€4,500,000").first.is_visible()
    assert axe(page) == []

    page.get_by_label("Type your full name").fill(world["executive"].full_name)
    page.get_by_role("button", name="Approve 5").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Approve 5").click()
    page.get_by_text("You approved 5 packets.").wait_for()


def test_a_rep_declines_on_a_phone_after_signing(phone, sign_in, axe, world):
    PacketVersion.objects.filter(pk=world.things["version"].pk).update(
        state="RECEIVED", viewed_at=timezone.now(), received_at=timezone.now()
    )
    sign_in(phone, world["rep"])
    phone.goto(reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug}))
    phone.get_by_text("Decline instead").tap()
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.get_by_label("Why you decline").fill("Half of it is gone")
    phone.get_by_label("Type your full name").last.fill("Aicha Benyahia")
    phone.get_by_role("button", name="Decline version 2").tap()

    phone.get_by_text("You declined version 2, ").wait_for()


def test_a_countdown_runs_until_an_embargo_is_lifted(phone, sign_in, axe, world):
    held = PacketReleaseFactory(
        kickoff=world.kickoff, due_at=timezone.now() + timedelta(minutes=9, seconds=30)
    )
    packet = PacketFactory(kickoff=world.kickoff, rep=world["peer"])
    PacketVersionFactory(packet=packet, state="APPROVED", release=held)
    sign_in(phone, world["peer"])
    phone.goto(reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug}))

    phone.get_by_text("in 9 minutes").wait_for()
    assert axe(phone) == []
