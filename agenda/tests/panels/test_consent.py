"""A quote is read where its speaker allows it, and from the moment on that they do not, nowhere."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from agenda.panels import actions
from agenda.panels.models import Consent, Quote
from agenda.panels.queries import token_of
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionPersonFactory
from agenda.tests.panels.factories import PanelFactory, PanelistFactory
from events.tests.world import build_world
from people.activity.models import Entry
from people.keys.actions import make_token

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 11, 10, tzinfo=UTC)
WORDS = "Your lawyers nearly lost us."
EVERYWHERE = ("ROOM", "PDF", "CAMPAIGN")


@pytest.fixture
def world():
    world = build_world()
    session = PanelFactory(kickoff=world.kickoff, title="Three customers")
    SessionPersonFactory(session=session, person=world["other_manager"], part="FACILITATOR")
    panelist = PanelistFactory(session=session, name="Maren Falk", prep_by=world["manager"])
    release_agenda(kickoff=world.kickoff, by=world["planner"], at=AT)
    world.things |= {"session": session, "panelist": panelist}
    return world


def allow(world, *places, by="planner"):
    panelist = world.things["panelist"]
    actions.say_consent(panelist=panelist, places=places, by=by and world[by], at=AT)
    panelist.refresh_from_db()


def catch(world, words=WORDS):
    return actions.catch_quote(
        panelist=world.things["panelist"], words=words, by=world["planner"], at=AT
    )


@pytest.fixture(autouse=True)
def readable_pdf(monkeypatch):
    """The words of a PDF stand in it letter by letter of its typeface: look at them before."""
    monkeypatch.setattr("core.typesetting.papers.pdf_of", lambda html, styles: html.encode())


def places_that_show(client, world):
    """Every page, file and answer of the API that has anything of the panel, and who reads it."""
    session, panelist = world.things["session"], world.things["panelist"]
    slug = world.kickoff.slug
    one, who = [slug, session.pk], [slug, session.pk, panelist.pk]
    panels = "agenda:panels:"
    pages = {
        "panel": ("planner", reverse(f"{panels}panel", args=one)),
        "list": ("planner", reverse(f"{panels}list", args=[slug])),
        "run": ("other_manager", reverse(f"{panels}run", args=one)),
        "panelist": ("planner", reverse(f"{panels}panelist", args=who)),
        "prep": ("manager", reverse(f"{panels}prep", args=who)),
        "room": ("rep", reverse(f"{panels}room", args=one)),
        "export": ("planner", reverse(f"{panels}export", args=[slug])),
        "pdf": ("planner", reverse(f"{panels}sheet", args=one)),
        "draft": ("planner", reverse("agenda:sessions:detail", args=one)),
        "released": ("rep", reverse("agenda:sessions:released", args=one)),
        "api": ("planner", f"/api/v1/kickoffs/{slug}/panels/"),
        "own": ("", reverse("agenda:panelist_by_link", args=[token_of(panelist)])),
        "activity": ("planner", reverse("people:activity:export")),
        "trail": ("planner", reverse("people:activity:mine")),
        "search": ("planner", reverse("search") + "?q=lawyers"),
    }
    shown = set()
    for name, (role, address) in pages.items():
        client.logout()
        if role:
            client.force_login(world[role])
        token = make_token(person=world[role], at=AT) if name == "api" else ""
        answer = client.get(address, headers={"authorization": f"Token {token}"} if token else {})
        assert answer.status_code == 200, name
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode(errors="replace")
        if "lawyers nearly" in " ".join(text.split()):
            shown.add(name)
    return shown


LEADS = {"panel", "run", "api", "own"}


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        (EVERYWHERE, LEADS | {"room", "export", "pdf"}),
        (("ROOM",), LEADS | {"room"}),
        (("PDF",), LEADS | {"pdf"}),
        (("CAMPAIGN",), LEADS | {"export"}),
    ],
)
def test_a_quote_is_read_where_it_is_allowed_and_nowhere_once_it_is_withdrawn(
    client, world, places, shown
):
    allow(world, *places)
    catch(world)
    assert places_that_show(client, world) == shown

    client.logout()
    own = reverse("agenda:panelist_by_link", args=[token_of(world.things["panelist"])])
    client.post(own, {"places": []})

    assert places_that_show(client, world) == set()
    assert not Quote.objects.exists()


def test_a_place_taken_away_is_quiet_at_once_and_the_others_stay(client, world):
    allow(world, *EVERYWHERE)
    catch(world)
    allow(world, "PDF")
    assert places_that_show(client, world) == LEADS | {"pdf"}


def test_a_quote_that_came_in_at_the_same_moment_is_read_nowhere(client, world):
    allow(world, *EVERYWHERE)
    allow(world)
    Quote.objects.create(panelist=world.things["panelist"], words=WORDS, caught_at=AT)
    assert places_that_show(client, world) == set()


def test_nobody_is_quoted_who_does_not_allow_it(world):
    with pytest.raises(actions.PanelRefused, match="Maren Falk allows no quotes"):
        catch(world)
    assert not Quote.objects.exists()


def test_it_is_known_who_noted_what_and_when(world):
    allow(world, "ROOM")
    allow(world, by=None)
    rows = Consent.objects.values_list("places", "noted_by__full_name", "by_panelist")
    assert list(rows) == [("", None, True), ("ROOM", "Priya Raghunathan", False)]
    verbs = Entry.objects.filter(verb__startswith="panel.consent").order_by("pk")
    assert list(verbs.values_list("verb", "actor__full_name")) == [
        ("panel.consent_said", "Priya Raghunathan"),
        ("panel.consent_withdrawn", None),
    ]


def test_opening_the_link_changes_nothing_and_a_new_one_makes_it_worthless(client, world):
    panelist = world.things["panelist"]
    allow(world, "ROOM")
    own = reverse("agenda:panelist_by_link", args=[token_of(panelist)])
    page = client.get(own)
    assert page.status_code == 200
    assert Consent.objects.count() == 1
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == (
        "no-store, private",
        "noindex",
    )
    actions.renew_link(panelist=panelist, by=world["planner"], at=AT)
    assert client.get(own).status_code == 410
    assert client.post(own, {"places": ["PDF"]}).status_code == 410
    assert client.get(reverse("agenda:panelist_by_link", args=["forged:token"])).status_code == 404


def test_their_own_page_tells_nothing_that_is_written_about_them(client, world):
    panelist = world.things["panelist"]
    panelist.prep_notes, panelist.sensitive = "Wants a discount", "Their lawsuit"
    panelist.save()
    PanelistFactory(session=panelist.session, name="Jo Other", sensitive="Leaves us in June")
    own = reverse("agenda:panelist_by_link", args=[token_of(panelist)])
    text = client.get(own).content.decode()
    assert "Jo Other" in text
    for secret in ("discount", "lawsuit", "June", "promoter"):
        assert secret not in text


def test_what_is_said_by_link_is_limited(client, world):
    own = reverse("agenda:panelist_by_link", args=[token_of(world.things["panelist"])])
    tries = [client.post(own, {"places": ["ROOM"]}).status_code for _ in range(21)]
    assert tries == [302] * 20 + [429]


def test_an_unknown_place_is_refused(client, world):
    own = reverse("agenda:panelist_by_link", args=[token_of(world.things["panelist"])])
    client.post(own, {"places": ["BILLBOARD"]})
    assert not Consent.objects.exists()
