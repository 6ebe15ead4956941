import os
import socket
import subprocess
import sys
import time
from importlib import import_module
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand, CommandError, CommandParser
from playwright.sync_api import sync_playwright

from people.accounts.models import Person
from sko_planner.demo.load import ACCOUNTS
from sko_planner.shots.browser import BrowserMissing, launch
from sko_planner.shots.crawl import pages_in_reach, take_pictures


class Command(BaseCommand):
    help = "Picture every page for every role, both sizes, light and dark, into shots/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", help="only this role")
        parser.add_argument("--page", help="only pages whose name holds this")

    def handle(self, *args: Any, role: str | None, page: str | None, **options: Any) -> None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        port = _free_port()
        address = f"http://localhost:{port}"
        server = subprocess.Popen(  # noqa: S603
            [
                sys.executable, "-m", "gunicorn", "sko_planner.wsgi",
                "--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "warning",
            ]
        )  # fmt: skip
        try:
            _wait_for(f"{address}/healthz")
            with sync_playwright() as playwright:
                browser = launch(playwright)
                for name, email in _roles():
                    if role not in (None, name):
                        continue
                    cookie: Any = _cookie(email, address) if email else None
                    context = browser.new_context()
                    if cookie:
                        context.add_cookies([cookie])
                    start = f"{address}/" if email else f"{address}/accounts/login/"
                    urls = {
                        found: url
                        for found, url in pages_in_reach(context, start)
                        if page is None or page in found
                    }
                    context.close()
                    taken = take_pictures(browser, cookie, urls, settings.BASE_DIR / "shots" / name)
                    self.stdout.write(f"{name}: {len(urls)} pages, {taken} pictures")
                browser.close()
        except BrowserMissing as missing:
            raise CommandError(str(missing)) from missing
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            with urlopen(url):  # noqa: S310
                return
        except URLError:
            time.sleep(0.2)
    raise CommandError("The web server did not start.")


def _cookie(email: str, address: str) -> Any:
    person = Person.objects.filter(email=email).first()
    if person is None:
        raise CommandError(f"{email} is not there: run manage.py load_demo first.")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}


def _roles() -> list[tuple[str, str]]:
    """Whom to look as: nobody, then each demo account but the one of the admin site."""
    accounts = [(one.shows.split()[0].lower(), one.email) for one in ACCOUNTS]
    return [("nobody", ""), *(account for account in accounts if account[0] != "admin")]
