"""A rep on a phone, RevOps at a desk: in a real browser."""

import pytest
from django.urls import reverse

from events.packets.models import PacketVersion, Receipt
from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
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
    phone.goto(reverse("events:packets:mine", kwargs={"slug": world.kickoff.slug}))
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
    page.goto(reverse("events:packets:desk", kwargs={"slug": world.kickoff.slug}))

    page.get_by_role("link", name="Aïcha Benyahia").click()
    page.get_by_text("Payout at 100% equals the target variable.").wait_for()
    assert page.locator("tr.k-picked").count() == 1
    assert axe(page) == []

    page.get_by_role("button", name="Release 1 approved").click()
    page.get_by_role("dialog").get_by_role("button", name="Release 1 approved").click()
    page.get_by_text("1 packet is released; its rep gets a mail.").wait_for()
    assert PacketVersion.objects.get(packet=approved).state == "RELEASED"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("planner", "coverage"),
        ("manager", "report"),
        ("manager", "detail"),
        ("revops", "import"),
        ("peer", "mine"),
    ],
)
def test_axe_finds_nothing_on_a_page(page, sign_in, axe, world, role, name):
    kwargs = {"slug": world.kickoff.slug}
    if name == "detail":
        kwargs["packet_id"] = world.things["version"].packet_id
    sign_in(page, world[role])

    page.goto(reverse(f"events:packets:{name}", kwargs=kwargs))

    assert axe(page) == []
