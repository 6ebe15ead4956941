from datetime import date

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from conftest import DESKTOP, PHONE
from events.kickoff.models import Kickoff
from events.tests.factories import AttendeeFactory, KickoffFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory, put_under
from reinforcement.tests.factories import NoteFactory
from sko_planner import navigation, sections, tabs
from sko_planner.navigation import Navigation, most_relevant, roles_of

TODAY = date(2027, 2, 10)


def kickoff(starts, ends, status="OPEN"):
    return Kickoff(
        slug=starts, name=starts, status=status,
        starts_date=date.fromisoformat(starts), ends_date=date.fromisoformat(ends),
    )  # fmt: skip


def shell_of(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    request.resolver_match = resolve(path)
    return Navigation(request)


class TestTheKickoffInUse:
    RUNNING = kickoff("2027-02-09", "2027-02-11")
    RECENT = kickoff("2027-01-05", "2027-01-07")
    NEXT = kickoff("2027-04-01", "2027-04-03")
    LATER = kickoff("2027-09-01", "2027-09-03")
    OLD = kickoff("2026-02-01", "2026-02-03")
    ARCHIVED = kickoff("2027-02-09", "2027-02-11", status="ARCHIVED")

    @pytest.mark.parametrize(
        ("there", "used"),
        [
            ([LATER, NEXT, RUNNING, RECENT, OLD], RUNNING),
            ([LATER, NEXT, RECENT, OLD], RECENT),
            ([LATER, NEXT, OLD], NEXT),
            ([OLD, ARCHIVED], OLD),
            ([], None),
        ],
    )
    def test_without_one_in_the_address_it_is_what_matters_today(self, there, used):
        assert most_relevant(there, TODAY) is used

    @pytest.mark.django_db
    def test_the_address_wins(self):
        world = build_world()
        other = KickoffFactory(owner=world["planner"])
        nav = shell_of(world["planner"])
        nav.slug = other.slug

        assert nav.kickoff == other

    @pytest.mark.django_db
    def test_pages_of_the_company_stay_with_the_kickoff_last_shown(self, client):
        world = build_world(name="Running")
        other = KickoffFactory(owner=world["planner"], name="The other one", slug="other")
        client.force_login(world["planner"])
        client.get(reverse("events:bets:list", kwargs={"slug": other.slug}))

        page = client.get(reverse("people:accounts:list")).content.decode()

        assert reverse("events:bets:list", kwargs={"slug": "other"}) in page

    @pytest.mark.django_db
    def test_a_kickoff_that_one_may_not_see_is_not_kept(self, client):
        world = build_world()
        hidden = KickoffFactory(status="DRAFT", slug="not-theirs")
        client.force_login(world["rep"])
        client.cookies["kickoff"] = hidden.slug

        assert "not-theirs" not in client.get("/search/").content.decode()

    @pytest.mark.django_db
    def test_my_own_kickoff_is_offered_only_to_its_roster(self):
        world = build_world()
        draft = KickoffFactory(owner=world["planner"], status="DRAFT")
        put_under(world["manager"], world["planner"])

        def labels(role, slug):
            nav = shell_of(world[role])
            nav.slug = slug
            return [str(link.label) for part in nav.sections for link in part.links]

        assert "My own kickoff" in labels("manager", world.kickoff.slug)
        assert "My own kickoff" not in labels("planner", draft.slug)

    @pytest.mark.long
    @pytest.mark.django_db
    @pytest.mark.parametrize("whose", ["nobody's", "a report's", "a report's report", "a draft"])
    @pytest.mark.parametrize("role", ["planner", "executive", "manager", "revops"])
    def test_whatever_is_offered_to_a_manager_opens(self, client, role, whose):
        world = build_world()
        manager = world[role]
        on_roster = KickoffFactory(status="DRAFT" if whose == "a draft" else "OPEN")
        AttendeeFactory(kickoff=on_roster, person=manager)
        report = PersonFactory(manager=manager)
        below = PersonFactory(manager=report)
        if whose != "nobody's":
            AttendeeFactory(kickoff=on_roster, person=below if "report's r" in whose else report)
        client.force_login(manager)
        nav = shell_of(manager)
        nav.slug = on_roster.slug

        links = {str(link.label): link.url for part in nav.sections for link in part.links}

        assert {
            label: client.get(url).status_code for label, url in links.items()
        } == dict.fromkeys(links, 200)
        if whose == "a draft" and role == "manager":
            assert nav.kickoff == world.kickoff  # the draft is not theirs to see
            return
        assert ("My team" in links) == (whose == "a report's")
        # Whoever has another desk reaches it from My team, where they have one
        within = role != "manager" and whose == "a report's"
        led = whose in ("a report's", "a report's report")
        assert ("Team pre-work" in links) == (led and not within)

    @pytest.mark.django_db
    def test_notes_stay_in_reach_of_who_wrote_them_when_the_team_has_gone(self, client):
        world = build_world()
        manager, rep = world["manager"], world["rep"]
        NoteFactory(kickoff=world.kickoff, manager=manager, rep=rep)
        put_under(rep, None)
        PersonFactory(manager=manager)
        nav = shell_of(manager)
        nav.slug = world.kickoff.slug

        labels = {str(link.label) for part in nav.sections for link in part.links}

        assert "Coaching notes" in labels
        assert "Follow-ups" not in labels

    @pytest.mark.django_db
    @pytest.mark.parametrize("role", ["planner", "executive", "manager", "revops"])
    def test_questions_of_a_team_are_offered_to_whoever_may_open_them(self, client, role):
        world = build_world()
        PersonFactory(manager=world[role])
        client.force_login(world[role])
        url = reverse("events:packets:inquiries:team", args=[world.kickoff.slug])
        nav = shell_of(world[role])
        nav.slug = world.kickoff.slug

        offered = url in [link.url for part in nav.sections for link in part.links]

        assert offered == (client.get(url).status_code == 200)
        assert offered == (role in ("manager", "revops"))

    @pytest.mark.django_db
    def test_nobody_is_shown_what_they_may_not_open(self):
        world = build_world()
        draft = KickoffFactory(owner=world["planner"], status="DRAFT")

        assert shell_of(world["outsider"]).kickoffs == []
        assert shell_of(world["rep"]).kickoffs == [world.kickoff]
        assert set(shell_of(world["planner"]).kickoffs) == {world.kickoff, draft}


def test_a_planner_with_reports_is_a_manager_too():
    planner = PersonFactory.build(role="PLANNER")

    assert roles_of(planner, has_reports=True) == {"planner", "manager"}
    assert roles_of(PersonFactory.build(), has_reports=True) == {"manager"}
    assert roles_of(PersonFactory.build(), has_reports=False) == {"rep"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "page", "marked"),
    [
        ("planner", "events:planning:list", ["Timeline"]),
        ("planner", "events:planning:edit", ["Timeline"]),
        ("planner", "agenda:rooms:list", ["Agenda"]),
        ("planner", "agenda:sessions:edit", ["Agenda"]),
        ("manager", "events:packets:coverage:report", ["Team packets"]),
        ("planner", "search", []),
    ],
)
def test_one_item_is_current_on_the_pages_around_it(role, page, marked):
    nav = shell_of(build_world()[role])
    nav.view_name = page

    assert [link.label for part in nav.sections for link in part.links if link.is_current] == marked


@pytest.mark.django_db
def test_the_reminders_belong_to_coverage_for_a_planner_who_leads_people_too():
    world = build_world()
    PersonFactory(manager=world["planner"])
    nav = shell_of(world["planner"])
    nav.view_name = "events:packets:coverage:reminders"

    current = [link.label for part in nav.sections for link in part.links if link.is_current]

    assert current == ["Packet coverage"]


@pytest.mark.django_db
def test_without_a_kickoff_there_is_only_the_list():
    nav = shell_of(build_world()["outsider"])

    assert nav.kickoff is None
    assert nav.sections == nav.tabs == []


def test_every_item_leads_somewhere():
    items = [*(i for s in sections.SECTIONS for i in s.items), *tabs.REP_TABS]

    for item in items:
        reverse(item.url_name, kwargs={"slug": "any"} if item.needs_kickoff else {})
    assert len(tabs.REP_TABS) <= 5


@pytest.mark.django_db
@pytest.mark.parametrize("kickoffs", [1, 3, 12])
def test_the_shell_costs_three_queries(kickoffs):
    world = build_world()
    KickoffFactory.create_batch(kickoffs, owner=world["planner"])

    with CaptureQueriesContext(connection) as queries:
        nav = shell_of(world["planner"])
        _all = (nav.kickoff, nav.roles, nav.sections, nav.choices, nav.tabs)

    assert len(queries) == 3


@pytest.mark.django_db
def test_a_page_that_shows_no_shell_asks_nothing(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = PersonFactory()
    with django_assert_num_queries(0):
        navigation.shell(request)


class TestColours:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_a_choice_is_kept_on_this_device(self, client, theme):
        response = client.post("/theme/", {"theme": theme, "next": "/search/?q=a"})

        assert response.url == "/search/?q=a"
        assert response.cookies["theme"].value == theme
        assert f'data-bs-theme="{theme}"' in client.get("/no-such-page/").content.decode()

    @pytest.mark.parametrize("theme", ["", "pink", '"><script>'])
    def test_anything_else_follows_the_system(self, client, theme):
        client.cookies["theme"] = "dark"
        client.post("/theme/", {"theme": theme})

        assert "data-bs-theme" not in client.get("/no-such-page/").content.decode()

    def test_a_forged_cookie_is_ignored(self, client):
        client.cookies["theme"] = 'x" onload="alert(1)'

        assert "onload" not in client.get("/no-such-page/").content.decode()

    @pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:x"])
    def test_it_leads_to_no_other_site(self, client, onward):
        assert client.post("/theme/", {"theme": "dark", "next": onward}).url == "/"


class TestWrongTurns:
    def test_a_page_that_is_not_there_says_so_in_our_clothes(self, client):
        response = client.get("/no-such-page/")

        assert response.status_code == 404
        assert "This page is not here" in response.content.decode()

    def test_a_broken_page_tells_nothing_of_why(self, client, settings, monkeypatch):
        def explode(*_args, **_kwargs):
            raise RuntimeError("the secret of the database")

        monkeypatch.setattr("sko_planner.navigation.shell", explode)
        client.raise_request_exception = False
        settings.DEBUG = False

        response = client.get("/no-such-page/")

        assert response.status_code == 500
        assert "Something broke on our side" in response.content.decode()
        assert "secret" not in response.content.decode()

    def test_a_form_without_its_token_says_what_to_do(self):
        response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})

        assert response.status_code == 403
        assert "The form was not sent" in response.content.decode()


@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
    @pytest.mark.parametrize("role", ["planner", "rep"])
    def test_the_shell_is_fit_for_everybody(self, new_page, sign_in, axe, role, size, dark):
        page = new_page(size, dark=dark)
        sign_in(page, build_world()[role])
        page.goto("/search/?q=a")

        assert axe(page) == []
        for menu in page.locator("details[data-menu] > summary:visible").all():
            menu.click()
            assert axe(page, "details[open]") == []

    def test_the_first_tab_skips_to_the_content(self, page, sign_in):
        sign_in(page, build_world()["planner"])
        page.goto("/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "content"

    def test_escape_closes_a_menu_and_gives_the_focus_back(self, phone, sign_in):
        sign_in(phone, build_world()["planner"])
        phone.goto("/")
        phone.get_by_label("Menu").first.click()
        assert phone.get_by_role("navigation", name="Menu").is_visible()

        phone.keyboard.press("Escape")

        assert phone.get_by_role("navigation", name="Menu").is_hidden()
        assert phone.evaluate("document.activeElement.getAttribute('aria-label')") == "Menu"

    def test_long_and_foreign_names_do_not_widen_the_page(self, new_page, sign_in):
        world = build_world(name="Ü" * 118, city="Donaudampfschifffahrtsgesellschaft" * 2)
        world["planner"].full_name = "دانا الخطيب " * 10
        world["planner"].save()
        page = new_page({"width": 320, "height": 700})
        sign_in(page, world["planner"])
        for path in ("/", "/search/?q=example"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
