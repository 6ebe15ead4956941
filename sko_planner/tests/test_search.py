from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Session
from agenda.tests.factories import SessionFactory, SessionPersonFactory
from conftest import DESKTOP, PHONE
from core.tests.access import ROLES
from events.bets.models import BigBet
from events.questions.actions import add_question
from events.tests.factories import (
    AssignmentFactory,
    PlanningTaskFactory,
    PreworkItemFactory,
    TopicFactory,
)
from events.tests.world import build_world
from people.tests.factories import GONE, PersonFactory, PlannerFactory

NOON = datetime(2027, 1, 8, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(client):
    """`find(person, "words")`: what they find, as labels by kind."""

    def ask(person, words, page="search"):
        client.force_login(person)
        groups = client.get(reverse(page), {"q": words}).context["groups"]
        return {str(group.kind): [one.label for one in group.found] for group in groups}

    return ask


@pytest.mark.parametrize("role", ["planner", "manager"])
def test_who_has_left_is_not_looked_up(find, role):
    world = build_world()
    for gone in GONE:
        PersonFactory(full_name="Bo Ek", manager=world["manager"], **gone)
    PersonFactory(full_name="Bo Ekberg", manager=world["manager"])

    assert find(world[role], "bo ek")["People"] == ["Bo Ekberg"]


def test_a_name_is_found_without_its_accents_and_by_its_beginning(find):
    world = build_world()
    PersonFactory(full_name="Łukasz Żółtowski")

    assert find(world["planner"], "zolt LUKA") == {"People": ["Łukasz Żółtowski"]}
    assert find(world["planner"], "ukasz") == {}


@pytest.mark.parametrize(
    ("role", "words", "wanted"),
    [
        ("planner", "import roster", "Import roster"),
        ("planner", "roster import", "Import roster"),
        ("planner", "invite people", "Invite people"),
        ("planner", "invite guest", "Invite a guest or an external speaker"),
        ("revops", "import quotas", "Import quotas"),
        ("revops", "import roster", None),
        ("executive", "import", None),
        ("manager", "import", None),
        ("rep", "import", None),
        ("rep", "password", "Change my password"),
    ],
)
def test_what_begins_something_is_found_by_who_may_do_it(find, role, words, wanted):
    found = find(build_world()[role], words)

    assert found.get("Actions", []) == ([wanted] if wanted else [])


def test_a_rep_finds_the_pages_of_their_tabs(find):
    world = build_world()

    assert find(world["rep"], "pack")["Pages"] == ["Packet", "Copies of my packet"]
    assert "Pages" not in find(world["outsider"], "pack")


class TestThingsOfAKickoff:
    def test_a_planner_finds_the_draft_of_the_agenda_and_others_what_was_released(self, find):
        world = build_world()
        SessionFactory(kickoff=world.kickoff, title="Rénewal clinic")
        release_agenda(kickoff=world.kickoff, by=world["planner"], at=NOON)
        Session.objects.update(title="Pricing clinic")
        SessionFactory(kickoff=world.kickoff, title="Secret clinic")

        assert find(world["planner"], "clinic")["Sessions"] == ["Pricing clinic", "Secret clinic"]
        for role in ("rep", "manager", "revops", "executive"):
            assert find(world[role], "clinic")["Sessions"] == ["Rénewal clinic"]
        assert find(world["outsider"], "clinic") == {}

    def test_a_session_is_found_once_by_each_who_leads_it(self, find):
        world = build_world()
        session = SessionFactory(kickoff=world.kickoff, title="Pricing clinic")
        for name in ("Łukasz Nowak", "Łucja Nowak"):
            SessionPersonFactory(session=session, person=PersonFactory(full_name=name))
        SessionFactory(kickoff=world.kickoff, title="Renewal clinic")
        release_agenda(kickoff=world.kickoff, by=world["planner"], at=NOON)

        for role in ("planner", "rep"):
            assert find(world[role], "nowak")["Sessions"] == ["Pricing clinic"]
            assert find(world[role], "clinic lucja")["Sessions"] == ["Pricing clinic"]
        assert find(world["outsider"], "nowak") == {}

    def test_tasks_are_for_planners(self, find):
        world = build_world()
        PlanningTaskFactory(kickoff=world.kickoff, title="Book the hall")

        assert find(world["planner"], "book hall") == {"Tasks": ["Book the hall"]}
        for role in sorted(set(ROLES) - {"planner", "anonymous"}):
            assert find(world[role], "book hall") == {}

    def test_each_finds_their_own_prework_and_planners_what_others_have(self, find):
        world = build_world()
        assignment = AssignmentFactory(kickoff=world.kickoff, title="Read the brief")
        PreworkItemFactory(assignment=assignment, person=world["rep"])

        assert find(world["rep"], "brief") == {"My pre-work": ["Read the brief"]}
        assert find(world["planner"], "brief") == {"Pre-work": ["Read the brief"]}
        for role in sorted(set(ROLES) - {"planner", "rep", "anonymous"}):
            assert find(world[role], "brief") == {}

    def test_a_question_of_the_bank_is_found_by_who_wrote_it_alone(self, find):
        world = build_world()
        author, other = world["planner"], PlannerFactory()
        add_question(
            topic=TopicFactory(kickoff=world.kickoff),
            text="Who signs?",
            choices=["The CFO", "Nobody"],
            right=0,
            by=author,
            at=timezone.now(),
        )

        assert find(author, "who sign")["My questions"] == ["Who signs?"]
        for person in (other, world["rep"], world["revops"], world["executive"]):
            assert find(person, "who sign") == {}

    @pytest.mark.parametrize("role", ["rep", "manager"])
    def test_nothing_of_a_draft_is_found_by_its_roster(self, find, role):
        world = build_world(name="Secret Motion", status="DRAFT")
        BigBet.objects.create(kickoff=world.kickoff, title="Secret bet", position=1)

        assert find(world[role], "secret") == {}


def test_beneath_the_field_there_are_a_few_and_word_that_more_match(client):
    world = build_world()
    PersonFactory.create_batch(9, full_name="Ana Souza")
    client.force_login(world["planner"])

    (group,) = client.get(reverse("search_now"), {"q": "ana sou"}).context["groups"]

    assert (len(group.found), group.more) == (6, True)


def test_it_costs_the_same_for_any_number_of_rows(client):
    world = build_world()
    client.force_login(world["planner"])
    counts = []
    for more in (1, 60):
        PersonFactory.create_batch(more, full_name="Ana Souza")
        SessionFactory.create_batch(more, kickoff=world.kickoff, title="Ana presents")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("search_now"), {"q": "ana"})
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 20


@pytest.mark.parametrize("words", ["\0", "%", "'; drop", "<script>x</script>", "x" * 9000])
@pytest.mark.parametrize("page", ["search", "search_now"])
def test_hostile_words_find_nothing_and_come_back_harmless(client, page, words):
    client.force_login(build_world()["planner"])

    response = client.get(reverse(page), {"q": words})

    assert "<script>x" not in response.content.decode()
    assert response.context["groups"] == []


@pytest.mark.parametrize(
    ("role", "finds"),
    [("planner", True), ("revops", True), ("executive", True), ("manager", True), ("rep", False)],
)
def test_people_are_looked_up_by_whoever_sees_them(find, role, finds):
    world = build_world()

    assert ("People" in find(world[role], "benyahia")) is finds


def test_a_manager_finds_only_the_line_below(find):
    assert find(build_world()["manager"], "example.com") == {"People": ["Aïcha Benyahia"]}


def test_a_kickoff_is_found_by_its_theme_and_place(find):
    world = build_world(name="One Motion", theme="Renew from day one", city="Kraków")

    assert find(world["rep"], "renew DAY krakow") == {"Kickoffs": ["One Motion"]}
    assert find(world["outsider"], "renew day") == {}


@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    @pytest.mark.parametrize(
        ("role", "size", "key"), [("planner", DESKTOP, "/"), ("rep", PHONE, "Control+k")]
    )
    def test_keys_open_the_search_choose_and_go(self, new_page, sign_in, axe, role, size, key):
        page = new_page(size)
        sign_in(page, build_world()[role])
        page.goto("/")
        page.keyboard.press(key)
        field = page.get_by_role("combobox", name="kickoffs")
        page.keyboard.type("my act")
        page.get_by_role("option", name="My activity", selected=True).wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        assert axe(page, "#find") == []

        field.fill("my")
        page.get_by_role("option", name="My profile").wait_for()
        for _step in range(page.get_by_role("option").count() + 1):
            page.keyboard.press("ArrowDown")
        second = page.get_by_role("option").nth(1)
        assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
        target = second.get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{target}")

    def test_words_that_nothing_matches_go_to_the_page_of_the_search(self, page, sign_in):
        sign_in(page, build_world()["planner"])
        page.goto("/")
        page.keyboard.press("/")
        page.keyboard.type("a/zz")
        page.get_by_text("Nothing matches “a/zz”").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=a%2Fzz")
