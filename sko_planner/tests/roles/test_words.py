import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from sko_planner.tests.roles.words import unwrapped

# Pages of packages that keep their own gate, in our clothes
SIGN_IN = ("account_login", "account_request_login_code", "account_reset_password")


@pytest.mark.django_db
@pytest.mark.usefixtures("in_brackets")
@pytest.mark.parametrize("name", SIGN_IN)
def test_every_word_of_the_way_in_can_be_translated(name, client):
    assert unwrapped(client.get(reverse(name)).content.decode()) == []


@pytest.mark.usefixtures("in_brackets")
@pytest.mark.django_db
def test_a_page_that_is_not_there_can_be_translated(client):
    assert unwrapped(client.get("/no-such-page/").content.decode()) == []


@pytest.mark.usefixtures("in_brackets")
def test_all_that_is_translated_stands_in_brackets():
    assert gettext("Sign") == "⟦Sign⟧"
    assert pgettext("a road", "Sign") == "⟦Sign⟧"
    assert ngettext("a day", "%d days", 1) == "⟦a day⟧"
    assert npgettext("of rest", "a day", "%d days", 2) == "⟦%d days⟧"
    assert gettext("") == ""


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦Released ⟦Wed⟧ 3 ⟦Feb⟧, 09:45 WET⟧</p>",
        "<p>⟦Signed by <bdi>Aïcha</bdi> today⟧</p>",
        "<p>3 · €25k · 138,000,000 JPY · T−26 · v2 · 54%</p>",
        "<p translate='no'>SKO Planner</p><option data-content>EMEA North</option>",
        "<script>const words = 1</script><svg><path d='M0'/></svg><br>",
    ],
)
def test_what_is_wrapped_or_marked_passes(html):
    assert unwrapped(html) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Signed</p>", "<p>: Signed"),
        ("<p>⟦Signed⟧ yesterday</p>", "<p>: yesterday"),
        ("<bdi>Aïcha</bdi> <b>signed</b>", "<b>: signed"),
        ('<a href="/" aria-label="Open">⟦x⟧</a>', "aria-label of <a>: Open"),
        ('<input placeholder="Find">', "placeholder of <input>: Find"),
    ],
)
def test_what_is_not_is_found(html, found):
    assert unwrapped(html) == [found]
