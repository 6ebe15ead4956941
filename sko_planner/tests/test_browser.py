from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from people.keys.models import BrowserSession
from people.keys.rules import session_digest
from people.tests.factories import PersonFactory


def test_the_sign_in_page_opens_in_a_real_browser(page):
    answer = page.goto(reverse("account_login"))

    assert answer.status == 200
    assert page.locator("input[name=login]").is_visible()
    assert page.locator("input[name=password]").is_visible()


def test_a_person_is_signed_in_by_a_cookie_of_the_browsers_own(page, phone, sign_in):
    person = PersonFactory()

    sign_in(page, person)

    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    session = BrowserSession.objects.get(session_key=session_digest(cookies["sessionid"]))
    assert session.person == person
    assert session.get_decoded()[SESSION_KEY] == str(person.pk)
    assert phone.context.cookies() == []


def test_a_person_signs_in_with_their_password(page, sign_in_by_password, settings):
    settings.LOGIN_REDIRECT_URL = "account_change_password"

    sign_in_by_password(page, PersonFactory())

    assert page.locator("input[name=oldpassword]").is_visible()


def test_axe_works_under_the_content_security_policy_and_names_what_is_wrong(page, axe):
    page.goto(reverse("account_login"))
    page.set_content(
        "<html lang=en><title>A page</title><main><h1>Hello</h1><input id=nameless></main>"
    )

    assert [line.partition(":")[0] for line in axe(page)] == ["label"]


def test_a_breach_of_the_content_security_policy_is_a_complaint(page, complaints):
    page.goto(reverse("account_login"))

    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(100)

    assert ["style-src-attr" in complaint for complaint in complaints] == [True]
    complaints.clear()


def test_what_a_form_misses_is_said_by_the_page_which_keeps_what_was_typed(page):
    page.goto(reverse("account_login"))
    page.locator("input[name=login]").fill("ada at example")
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.get_by_text("This field is required").first.wait_for()
    assert page.get_by_text("Enter a valid email address").first.is_visible()
    assert page.locator("input[name=login]").input_value() == "ada at example"
