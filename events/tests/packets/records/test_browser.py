"""The board keeps itself up to date; RevOps hands a leaver a link: in a real browser."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.packets.delivery.models import PacketVersion
from events.tests.factories import PacketFactory, PacketVersionFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    """A kickoff that is on today, with a packet that is not opened yet and one of a leaver."""
    today = timezone.localdate()
    world = build_world(starts_date=today, ends_date=today + timedelta(days=1), time_zone="UTC")
    world.things["version"] = PacketVersionFactory(
        packet=PacketFactory(kickoff=world.kickoff, rep=world["rep"])
    )
    leaver = PersonFactory(full_name="Joana Reis", is_active=False)
    PacketVersionFactory(packet=PacketFactory(kickoff=world.kickoff, rep=leaver))
    return world


def at(world, name, **kwargs):
    return reverse(name, kwargs={"slug": world.kickoff.slug, **kwargs})


@pytest.mark.parametrize("name", ["board", "wall"])
def test_the_board_shows_a_receipt_that_comes_in_without_being_loaded_again(
    page, sign_in, axe, world, name
):
    sign_in(page, world["planner"])
    page.goto(at(world, f"events:packets:coverage:{name}"))
    assert axe(page) == []
    page.evaluate("window.loadedOnce = true")

    now = timezone.now()
    PacketVersion.objects.filter(pk=world.things["version"].pk).update(
        state="RECEIVED", viewed_at=now, received_at=now
    )

    said = "1 of 2 has signed the receipt" if name == "board" else "of 2 reps have signed"
    page.locator("[data-board]").get_by_text(said).first.wait_for(timeout=15_000)
    if name == "wall":
        page.locator(".k-wall-count b", has_text="1").wait_for(timeout=15_000)
    else:
        page.locator("#board-rows").get_by_text("Received").wait_for()
    assert page.evaluate("window.loadedOnce")
    assert axe(page) == []


def test_the_board_says_so_when_somebody_is_signed_out(page, sign_in, world):
    sign_in(page, world["planner"])
    page.goto(at(world, "events:packets:coverage:board"))
    page.context.clear_cookies()

    page.get_by_text("you are signed out").wait_for(timeout=15_000)
    assert page.locator("[data-board]").count() == 1


def test_a_leaver_gets_their_files_by_link_and_code(page, phone, sign_in_by_password, axe, world):
    sign_in_by_password(page, world["revops"])
    page.goto(at(world, "events:packets:records:leavers"))
    assert axe(page) == []
    page.get_by_role("button", name="Make a link").click()
    page.locator("input[name=password]").fill("correct horse battery")
    page.locator("input[name=password]").press("Enter")
    page.get_by_text("never again").wait_for()
    assert axe(page) == []
    link, code = page.locator("#link").input_value(), page.locator("#code").inner_text()

    phone.goto(link)
    assert axe(phone) == []
    phone.get_by_label("Pass code").fill("AAAA-AAAA-AAAA")
    phone.get_by_role("button", name="Get my files").tap()
    phone.get_by_text("do not open anything").first.wait_for()
    phone.get_by_label("Pass code").fill(code.lower())
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Get my files").tap()
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert "Joana Reis" in archive.read("receipts.csv").decode()


@pytest.mark.look
def test_axe_finds_nothing_on_the_pages_behind_a_password(page, sign_in_by_password, axe, world):
    sign_in_by_password(page, world["revops"])
    packet_id = world.things["version"].packet_id
    hold = at(world, "events:packets:records:hold", packet_id=packet_id)
    page.goto(hold)
    page.locator("input[name=password]").fill("correct horse battery")
    page.locator("input[name=password]").press("Enter")
    page.get_by_role("heading", name="Legal hold").wait_for()
    assert axe(page) == []
    page.get_by_label("Why it is held").fill("A matter")
    page.get_by_role("button", name="Hold this packet").click()
    page.get_by_text("It is held").wait_for()
    assert axe(page) == []

    page.goto(at(world, "events:packets:records:export_new"))
    assert axe(page) == []
    assert page.get_by_label("Region").count() == 0 or not page.locator("#id_region").is_visible()
    page.get_by_label("one rep").check()
    page.locator("#id_rep").select_option(label="Joana Reis")
    page.get_by_label("What it is for").fill("A matter")
    page.get_by_role("button", name="Make the export").click()
    page.get_by_text("Ready").wait_for(timeout=15_000)
    assert axe(page) == []
    page.goto(at(world, "events:packets:records:retention"))
    assert axe(page) == []
