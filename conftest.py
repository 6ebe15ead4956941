import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from django.urls import reverse
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect, sync_playwright

from core import minute
from core.tests.emptying import empty_tables
from core.ui.vendor import VendorFinder
from sko_planner.shots.browser import launch
from sko_planner.tests.shares import Shares, kind_of, uses_database

# Playwright's sync API keeps an event loop in this thread, and Django would refuse the ORM there
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# What a busy machine makes slow is not wrong
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "correct horse battery"  # of everybody whom people.tests.factories makes
AXE = Path(django_settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_configure(config):
    # Django turns it off once tests run; by then some have read the addresses, with the style guide
    django_settings.DEBUG = False
    config.pluginmanager.register(Shares(), "shares")


def pytest_collection_modifyitems(config, items):
    """
    Choose what runs on this database: `-m "not browser"` leaves out whatever opens a page besides.

    PostgreSQL runs whatever reaches a table, and races, which need its locks. What no database
    changes runs once, on SQLite: what a browser shows, what is marked `look`, what has no tables.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        item.user_properties.append(("kind", kind_of(item)))
    here = [item for item in items if runs_on(item, connection.vendor)]
    elsewhere = [item for item in items if not runs_on(item, connection.vendor)]
    config.hook.pytest_deselected(items=elsewhere)
    # The last one to run would leave every other worker idle
    items[:] = sorted(here, key=lambda item: item.get_closest_marker("long") is None)


def runs_on(item, vendor):
    if vendor == "sqlite":
        return item.get_closest_marker("postgres") is None
    once = item.get_closest_marker("look") or item.get_closest_marker("browser")
    return uses_database(item) and not once


@pytest.fixture(scope="session")
def django_db_setup(
    request,
    tmp_path_factory,
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
):
    """
    One database migrated for all workers of a run, and a copy of it for each.

    The first worker that needs one makes it, and nobody else writes to it. A run without workers
    has no copies.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    of_run = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.getbasetemp()
    creation, names = connection.creation, connection.settings_dict
    before, verbosity = names["NAME"], request.config.option.verbose
    template = names["TEST"]["NAME"] = (
        # A file, so that threads of the live server have connections of their own
        str(of_run / "test.sqlite3") if connection.vendor == "sqlite" else f"test_{before}"
    )
    made = of_run / "template-is-made"

    with django_db_blocker.unblock(), _one_at_a_time(of_run):
        if not made.exists():
            kept = django_db_keepdb and not django_db_createdb
            creation.create_test_db(verbosity, autoclobber=True, serialize=False, keepdb=kept)
            made.touch()
        if worker:
            connection.close()
            names["NAME"] = template
            creation.clone_test_db(worker, verbosity, autoclobber=True)
            names["NAME"] = creation.get_test_db_clone_settings(worker)["NAME"]
    yield
    with django_db_blocker.unblock():
        if worker:
            creation.destroy_test_db(template, verbosity)
        with _one_at_a_time(of_run):
            if made.exists() and not django_db_keepdb:
                made.unlink()  # a worker that needs one only now makes it anew
                creation.destroy_test_db(before, verbosity)


@contextmanager
def _one_at_a_time(folder):
    """One worker of a run at a time."""
    with (folder / "one-at-a-time").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_commits():
    """After a test that commits, the rows that it left are deleted: Django would flush all tables."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _test: empty_tables(connection)
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick():
    """Cheap password hashes, tasks run in place, no waiting, nothing a minute old."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CELERY_TASK_ALWAYS_EAGER=True,
        SIGN_IN_PACE_SECONDS=0,
        KEPT_SECONDS=0,
    ):
        yield


@pytest.fixture(autouse=True)
def _alone(settings, tmp_path):
    """Files of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def a_minute(settings):
    """What all see alike is kept for a minute, as in production; for no other test."""
    settings.KEPT_SECONDS = 60
    minute.forget()
    yield
    minute.forget()


WAIT_MS = 30_000  # a busy machine is no fault of a page


@pytest.fixture(scope="session")
def browser():
    """One real Chromium for the whole run. Its first page does not wait for kit and typeface."""
    expect.set_options(timeout=WAIT_MS)
    list(VendorFinder().list(None))
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def complaints():
    """Script errors and breaches of the content security policy, on any page of this test."""
    return []


@pytest.fixture
def new_page(browser, live_server, complaints):
    """
    `new_page(PHONE, dark=True)`: a page with cookies of its own, on the live server.

    One complaint on any of them fails the test.
    """
    contexts = []

    def open_page(size=DESKTOP, *, dark=False, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            **options,
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", _keep_policy_breaches(complaints))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _keep_policy_breaches(complaints):
    def keep(message):
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    return keep


@pytest.fixture
def page(new_page):
    """One page at desktop size."""
    return new_page()


@pytest.fixture
def phone(new_page):
    """One page at the size of a phone."""
    return new_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in(live_server):
    """`sign_in(page, person)`: by a session cookie, without the form."""

    def give_session(page, person):
        client = Client()
        client.force_login(person)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return give_session


@pytest.fixture
def sign_in_by_password(live_server):
    """`sign_in_by_password(page, person)`: through the form, as people do."""

    def fill_in(page, person, password=PASSWORD):
        page.goto(reverse("account_login"))
        page.locator("input[name=login]").fill(person.email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: reverse("account_login") not in url)

    return fill_in


@pytest.fixture(scope="session")
def axe():
    """
    `assert axe(page) == []`: what axe finds wrong with the page, one line a rule.

    The script goes in by the debugger, so the page keeps its content security policy. Frames have
    no scripts: what stands in one is a page of its own.
    """
    source = AXE.read_text(encoding="utf-8")

    def check(page, within="html"):
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate(
            "([within, tags]) => axe.run(within, {runOnly: {type: 'tag', values: tags}, "
            "resultTypes: ['violations'], iframes: false})",
            [within, AXE_TAGS],
        )
        return [
            f"{rule['id']}: {rule['help']} at "
            + ", ".join(" ".join(map(str, node["target"])) for node in rule["nodes"])
            for rule in found["violations"]
        ]

    return check
