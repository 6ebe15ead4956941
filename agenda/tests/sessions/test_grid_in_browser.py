from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agenda.sessions.models import Session
from agenda.tests.factories import RoomFactory, SessionFactory, TraySessionFactory

pytestmark = pytest.mark.django_db(transaction=True)

NINE = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def rooms(world):
    return [RoomFactory(kickoff=world.kickoff, name=name) for name in ("Tejo", "Douro", "Lima")]


@pytest.fixture
def session(world, rooms):
    return SessionFactory(kickoff=world.kickoff, room=rooms[0], title="Map the buying group")


@pytest.fixture
def grid(page, sign_in, world):
    def open_grid():
        sign_in(page, world["planner"])
        page.goto(
            reverse("agenda:sessions:grid", kwargs={"slug": world.kickoff.slug}) + "?day=2027-02-02"
        )
        page.locator(".k-board[data-moves]").wait_for()
        return page

    return open_grid


def tile(page, session):
    return page.locator(f"#s{session.pk} a")


def said(page, text):
    expect(page.locator("#announcements")).to_contain_text(text)


def test_a_session_is_moved_by_keyboard_alone(grid, session, rooms):
    page = grid()

    tile(page, session).focus()
    page.keyboard.press("Enter")
    said(page, "Map the buying group picked up")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    said(page, "09:15, Douro")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    said(page, "“Map the buying group” is now in Douro, Tue 2 Feb, 09:30–10:30")
    expect(tile(page, session)).to_be_focused()
    session.refresh_from_db()
    assert (session.room, session.starts_at) == (rooms[1], NINE + timedelta(minutes=30))


def test_escape_puts_a_session_back(grid, session):
    page = grid()
    before = page.locator(f"#s{session.pk}").get_attribute("class")

    tile(page, session).focus()
    for key in ("Enter", "ArrowRight", "ArrowDown", "Escape"):
        page.keyboard.press(key)

    said(page, "is back where it was")
    assert page.locator(f"#s{session.pk}").get_attribute("class") == before
    session.refresh_from_db()
    assert session.version == 1


def test_a_session_that_somebody_else_moved_goes_where_they_put_it(grid, session, rooms):
    page = grid()
    Session.objects.filter(pk=session.pk).update(room=rooms[2], version=2)

    tile(page, session).focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)

    said(page, "Somebody else changed this session")
    expect(page.locator("#toasts")).to_contain_text("Somebody else changed this session")
    expect(page.locator(f"#s{session.pk}")).to_have_attribute("data-column", "3")
    session.refresh_from_db()
    assert session.starts_at == NINE


def test_a_move_is_undone_and_done_again(grid, session):
    page = grid()
    tile(page, session).focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    said(page, "09:15")

    page.locator("[data-undo]").click()
    said(page, "09:00–10:00")
    page.locator("[data-redo]").click()
    said(page, "09:15–10:15")

    session.refresh_from_db()
    assert (session.starts_at, session.version) == (NINE + timedelta(minutes=15), 4)


def test_a_session_comes_out_of_the_tray_and_goes_back(grid, world, rooms):
    waiting = TraySessionFactory(kickoff=world.kickoff, title="Ask a lost customer")
    page = grid()

    tile(page, waiting).focus()
    for key in ("Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    said(page, "is now in Douro, Tue 2 Feb, 09:00")
    page.locator(f".k-grid #s{waiting.pk} a").wait_for()
    page.keyboard.press("Delete")
    said(page, "is off the agenda")

    waiting.refresh_from_db()
    assert (waiting.room, waiting.starts_at, waiting.version) == (None, None, 3)


def test_a_session_is_dragged(grid, session, rooms):
    page = grid()
    start = page.locator(f"#s{session.pk}").bounding_box()
    target = page.locator(".k-room.k-in-3").bounding_box()
    quarter = start["height"] / 4

    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=3)
    page.mouse.move(target["x"] + 20, start["y"] + 10 + quarter * 4.2, steps=5)
    page.mouse.up()

    said(page, "is now in Lima, Tue 2 Feb, 10:00–11:00")
    session.refresh_from_db()
    assert (session.room, session.starts_at) == (rooms[2], NINE + timedelta(hours=1))


def test_a_click_opens_a_session(grid, session):
    page = grid()

    tile(page, session).click()

    page.wait_for_url(f"**/sessions/{session.pk}/edit/")


def test_a_conflict_is_mended_by_its_button(grid, session, rooms):
    clash = SessionFactory(
        kickoff=session.kickoff, room=rooms[0], title="Answering Frostline", capacity=20
    )
    Session.objects.filter(pk=session.pk).update(capacity=20)
    page = grid()
    expect(page.locator(".k-conflict")).to_have_count(1)

    page.get_by_role("button", name="Move to Douro").click()

    expect(page.locator(".k-conflict")).to_have_count(0)
    clash.refresh_from_db()
    assert clash.room == rooms[1]


def test_on_a_phone_the_grid_is_a_list_by_time(new_page, sign_in, world, session, rooms):
    SessionFactory(
        kickoff=world.kickoff, room=rooms[1], starts_at=NINE - timedelta(hours=1), title="Breakfast"
    )
    phone = new_page({"width": 390, "height": 844})
    sign_in(phone, world["planner"])

    phone.goto(
        reverse("agenda:sessions:grid", kwargs={"slug": world.kickoff.slug}) + "?day=2027-02-02"
    )

    assert phone.locator(".k-ses a").all_inner_texts() == ["Breakfast", "Map the buying group"]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
