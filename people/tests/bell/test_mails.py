"""The mails that the product can send: all of them shown, in HTML and text, and chosen among."""

import re
import sys
from html import unescape

import pytest
from django.urls import reverse

from conftest import PHONE
from people.bell import queries
from people.mail.rendering import html_of, text_of
from people.notices.models import Choice
from people.notices.rules import Kind
from people.tests.factories import PersonFactory, PlannerFactory

OURS = ("people.", "events.", "agenda.", "reinforcement.")
MAILS = queries.mails_shown()


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.subject)
def test_every_mail_can_be_read_as_html_and_as_text_with_one_button_at_most(mail):
    html = html_of(mail.subject, mail.body, button="Open it", is_personal=True)
    text = text_of(mail.body, is_personal=True)

    assert mail.subject in unescape(html)
    assert html.count('class="button"') == bool(re.search(r"http://localhost:8000/", mail.body))
    assert "<img" not in html
    assert "%(" not in html + text
    assert "/waiting/mails/" in html
    assert text.count("/waiting/mails/") == 1


@pytest.mark.look
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_mail_is_fit_for_everybody_on_a_phone(new_page, axe, dark):
    page = new_page(PHONE, dark=dark)
    wrong = []
    for mail in MAILS:
        page.set_content(html_of(mail.subject, mail.body, button="Open it", is_personal=True))
        wrong += [f"{mail.subject}: {line}" for line in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wrong.append(f"{mail.subject}: scrolls sideways")

    assert wrong == []


def test_every_kind_that_is_declared_is_shown_so_that_people_can_choose_about_it():
    declared = {
        one.name
        for name, module in list(sys.modules.items())
        if name.startswith(OURS) and ".tests." not in name
        for one in vars(module).values()
        if isinstance(one, Kind)
    }
    shown = {kind.name for kind in queries.kinds()}

    assert declared == shown
    assert len(shown) == len(queries.kinds())


@pytest.mark.django_db
def test_a_planner_sees_each_mail_alone_in_a_frame_that_may_do_nothing(client):
    client.force_login(PlannerFactory())

    page = client.get(reverse("people:bell:all_mails"), {"mail": "0"})
    mail = client.get(reverse("people:bell:mail", args=[0]))

    assert "sandbox" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "sandbox" in mail["Content-Security-Policy"]
    assert "script-src 'self'" in mail["Content-Security-Policy"]
    assert mail["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(reverse("people:bell:mail", args=[999])).status_code == 404
    for odd in ("999", "x", "", "٣"):
        assert client.get(reverse("people:bell:all_mails"), {"mail": odd}).status_code == 200


@pytest.mark.django_db
def test_somebody_chooses_and_what_is_as_ever_is_not_kept(client):
    person = PersonFactory()
    client.force_login(person)
    url = reverse("people:bell:mails")
    asked = {kind.name: kind.default for kind in queries.kinds_of(person)}

    client.post(url, asked | {"prework.returned": "never"})

    assert list(Choice.objects.values_list("kind", "delivery")) == [("prework.returned", "never")]
    assert 'value="never" selected' in re.sub(r"\s+", " ", client.get(url).content.decode())


@pytest.mark.django_db
def test_what_is_needed_is_refused_by_name_and_nothing_is_kept(client):
    person = PersonFactory()
    client.force_login(person)
    asked = {kind.name: "never" for kind in queries.kinds_of(person)}

    answer = client.post(reverse("people:bell:mails"), asked, follow=True)

    assert "cannot be chosen that way" in answer.content.decode()
    assert not Choice.objects.exists()


@pytest.mark.django_db
def test_a_rep_is_not_asked_about_what_only_revops_is_told(client):
    client.force_login(PersonFactory())

    page = client.get(reverse("people:bell:mails")).content.decode()

    assert "packets.desk" not in page
    assert "packets.released" in page
