"""What a phone has to fetch before somebody sees their home."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from events.tests.factories import AttendeeFactory, PacketApproverFactory, PacketVersionFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory

LIGHT = 120 * 1024
HEADERS = 400  # bytes, about
# In letters of many scripts, of which a phone need not have the typeface
NAMES = ("Łukasz Żółtowski", "Nguyễn Thị Hương", "Kāne Tūhoe", "Rūta Jokūbaitytė", "Ελένη Παπαδάκη")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["rep", "planner", "executive", "manager", "revops", "approver"])
def test_the_first_look_at_a_home_is_light_on_a_phone(phone, sign_in, client, role):
    world = build_world()
    world.people["approver"] = PacketApproverFactory(kickoff=world.kickoff).person
    for name in NAMES * 5:
        rep = PersonFactory(full_name=name, manager=world["manager"])
        AttendeeFactory(kickoff=world.kickoff, person=rep)
        PacketVersionFactory(packet__kickoff=world.kickoff, packet__rep=rep)
    fetched = []
    phone.on("response", lambda answer: fetched.append(answer.url))
    sign_in(phone, world[role])
    phone.goto(
        reverse("kickoff_home", kwargs={"slug": world.kickoff.slug}), wait_until="networkidle"
    )

    client.force_login(world[role])
    sizes = {path: _size(client, path) for path in map(_path, fetched) if path}
    assert {"woff2", "css", "js"} <= {path.rpartition(".")[2] for path in sizes}
    assert sum(sizes.values()) + HEADERS * len(sizes) <= LIGHT, sizes


@pytest.mark.django_db
def test_pages_and_styles_go_out_compressed(client):
    for path in (reverse("account_login"), "/static/core/ui/app.css"):
        answer = client.get(path, headers={"accept-encoding": "gzip, br"})

        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_is_compressed_in_itself_goes_out_as_it_is(client):
    path = "/static/vendor/archivo-latin-wdth-normal.woff2"

    assert "Content-Encoding" not in client.get(path, headers={"accept-encoding": "gzip"}).headers


def test_what_a_browser_has_already_comes_without_a_body(client):
    first = client.get("/static/core/ui/app.css", headers={"accept-encoding": "gzip"})
    again = client.get(
        "/static/core/ui/app.css",
        headers={
            "accept-encoding": "gzip",
            "if-modified-since": first.headers["Last-Modified"],
        },
    )

    assert again.status_code == 304
    assert b"".join(again) == b""


@pytest.mark.django_db
def test_the_same_page_is_never_of_the_same_length_twice_so_that_its_secrets_cannot_be_guessed(
    client,
):
    sizes = {
        len(client.get(reverse("account_login"), headers={"accept-encoding": "gzip"}).content)
        for _ in range(12)
    }

    assert len(sizes) > 2


def test_htmx_comes_only_to_pages_that_ask_by_it():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        asks = re.findall(r"\bhx-(put|patch|delete|sse|ws)\b", path.read_text())

        assert not asks, f"{path}: with_htmx knows hx-get and hx-post alone"


def _path(url):
    parts = urlsplit(url)
    return parts.path if parts.scheme == "http" else ""


def _size(client, path):
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    return len(b"".join(answer))
