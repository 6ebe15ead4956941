"""The style guide in a real browser: it holds every part that pages are made of."""

import pytest

from conftest import DESKTOP, PHONE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("sko_planner.tests.guide_urls"),
]
WIDTHS = (320, 390, 768, 1024, 1280, 1440, 1920)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_every_part_is_fit_for_everybody(new_page, axe, size, dark):
    page = new_page(size, dark=dark)
    page.goto("/styleguide/?toast=1")

    assert axe(page) == []


def test_the_chosen_colours_win_over_the_systems(new_page, axe):
    page = new_page(DESKTOP, dark=True)
    page.goto("/styleguide/")

    page.get_by_role("button", name="Light", exact=True).click()
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("data-bs-theme") == "light"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(243, 245, 242)"
    assert axe(page) == []


def test_no_page_scrolls_sideways_at_any_width(new_page):
    page = new_page()
    page.goto("/styleguide/?toast=1")

    too_wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            too_wide[width] = wide
    assert too_wide == {}


class TestConfirmation:
    def ask(self, page):
        page.goto("/styleguide/")
        page.get_by_role("button", name="Recall version 2").last.click()
        return page.get_by_role("dialog")

    def test_it_says_what_happens_and_stands_on_the_safe_button(self, page):
        dialog = self.ask(page)

        assert dialog.get_by_role("heading").inner_text() == "Recall the packet of Aïcha Benyahia?"
        assert "This cannot be undone." in dialog.inner_text()
        assert page.evaluate("document.activeElement.textContent") == "Cancel"

    def test_escape_changes_nothing_and_gives_the_focus_back(self, page):
        dialog = self.ask(page)
        page.keyboard.press("Escape")

        assert dialog.is_hidden()
        assert "recalled" not in page.url
        assert page.evaluate("document.activeElement.name") == "recalled"

    def test_going_ahead_sends_the_form_with_its_button(self, page):
        self.ask(page).get_by_role("button", name="Recall version 2").click()
        page.wait_for_url("**/styleguide/?recalled=2")

    def test_it_can_be_asked_again_after_cancelling(self, page):
        self.ask(page).get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Recall version 2").last.click()

        assert page.get_by_role("dialog").is_visible()

    def test_without_scripts_the_form_is_sent(self, new_page):
        page = new_page(java_script_enabled=False)
        page.goto("/styleguide/")
        page.get_by_role("button", name="Recall version 2").last.click()
        page.wait_for_url("**/styleguide/?recalled=2")


def test_a_busy_form_says_so_and_is_sent_once(page):
    page.goto("/styleguide/")
    sent = []

    def answer(route):
        sent.append(route.request.url)
        route.fulfill(status=204)  # the page stays

    page.route("**/styleguide/?*", answer)
    button = page.get_by_role("button", name="Write 96 letters")

    button.evaluate("button => { button.click(); button.click(); }")
    page.locator("form.k-is-busy[aria-busy]").wait_for()

    # what is said reaches the page a frame later, and stays
    page.locator("#announcements").get_by_text("Writing letters", exact=True).wait_for(
        state="attached"
    )
    assert len(sent) == 1


def test_notices_go_away_by_hand_and_bad_news_stays(page):
    page.clock.install()
    page.goto("/styleguide/?toast=1")
    toasts = page.locator("[data-toast]")
    assert toasts.count() == 2

    page.clock.fast_forward(9_000)
    assert toasts.all_inner_texts() == ["Nothing was imported: 2 of 96 rows need you."]

    page.get_by_role("button", name="Dismiss this notice").click()
    assert toasts.count() == 0


def test_the_figures_of_a_chart_open_by_keyboard(page):
    page.goto("/styleguide/")
    summary = page.get_by_text("Figures as a table").first
    summary.focus()
    page.keyboard.press("Enter")

    assert page.get_by_role("cell", name="79–85%").is_visible()
