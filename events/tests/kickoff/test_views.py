import pytest
from django.urls import reverse

from events.kickoff.models import Kickoff
from events.tests.factories import KickoffFactory
from events.tests.world import build_world
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db
WORDS = {
    "name": "One Motion FY28",
    "theme": "One motion",
    "fiscal_year": "FY28",
    "starts_date": "2027-02-02",
    "ends_date": "2027-02-04",
    "venue": "Centro Tejo",
    "city": "Lisbon",
    "time_zone": "Europe/Lisbon",
    "format": "IN_PERSON",
    "currency": "eur",
}


@pytest.fixture
def planner(client):
    person = PlannerFactory()
    client.force_login(person)
    return person


def create(client, **changes):
    data = WORDS | {"template": "BLANK"} | changes
    return client.post(reverse("events:kickoff:create"), data, follow=True)


def test_a_planner_creates_a_draft(client, planner):
    answer = create(client)

    kickoff = Kickoff.objects.get()
    assert answer.status_code == 200
    assert (kickoff.name, kickoff.currency, kickoff.status) == ("One Motion FY28", "EUR", "DRAFT")
    assert not kickoff.planning_tasks.exists()


def test_the_summit_template_brings_a_timeline_pre_work_and_bets(client, planner):
    create(client, template="SUMMIT")

    kickoff = Kickoff.objects.get()
    assert kickoff.planning_tasks.count() > 25
    assert kickoff.assignments.count() == 3
    assert kickoff.bets.count() in (2, 3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_date": "2027-02-01"}, "The last day is before the first day."),
        ({"currency": "EURO"}, "at most 3 characters"),
        ({"currency": "€"}, "Write the three letters of the currency"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"name": ""}, "This field is required"),
        ({"template": "OTHER"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, planner, wrong, said):
    answer = create(client, **wrong)

    assert said in answer.content.decode()
    assert not Kickoff.objects.exists()


def test_a_name_full_of_markup_is_shown_as_written(client, planner):
    create(client, name="<script>alert(1)</script>")

    page = client.get(reverse("events:kickoff:list")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_settings_change_and_say_why_they_do_not(client, planner):
    kickoff = KickoffFactory(status="ENDED", ended_at="2027-02-05T00:00Z")
    url = reverse("events:kickoff:edit", args=[kickoff.slug])

    answer = client.post(url, WORDS | {"starts_date": "2027-02-01"})
    assert "has ended" in answer.content.decode()

    client.post(url, WORDS | {"name": "Renamed"})
    kickoff.refresh_from_db()
    assert kickoff.name == "Renamed"


def test_a_draft_is_opened_and_archived_by_buttons(client, planner):
    kickoff = KickoffFactory(status="DRAFT", starts_date="2097-02-02", ends_date="2097-02-04")
    page = client.get(reverse("events:kickoff:edit", args=[kickoff.slug])).content.decode()
    assert "Open it to people" in page
    assert "Archive it" in page

    client.post(reverse("events:kickoff:open", args=[kickoff.slug]))
    kickoff.refresh_from_db()
    assert kickoff.status == "OPEN"

    answer = client.post(reverse("events:kickoff:end", args=[kickoff.slug]), follow=True)
    assert "has not begun" in answer.content.decode()
    answer = client.post(reverse("events:kickoff:archive", args=[kickoff.slug]), follow=True)
    assert "End it before you archive it" in answer.content.decode()


def test_the_list_is_empty_in_words_and_shows_the_next_step_to_planners_only(client):
    world = build_world()
    Kickoff.objects.all().update(status="DRAFT")
    client.force_login(world["rep"])
    page = client.get(reverse("events:kickoff:list")).content.decode()
    assert "No kickoff yet" in page
    assert "Plan a kickoff" not in page


def test_the_list_page_costs_the_same_at_any_size(client, planner, django_assert_max_num_queries):
    costs = set()
    client.get(reverse("events:kickoff:list"))
    for _ in range(3):
        KickoffFactory.create_batch(2)
        with django_assert_max_num_queries(12) as found:
            client.get(reverse("events:kickoff:list"))
        costs.add(len(found))

    assert len(costs) == 1
