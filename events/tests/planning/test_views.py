from datetime import date

import pytest
from django.urls import reverse

from events.planning.models import PlanningTask, WorkstreamOwner
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client):
    person = PlannerFactory()
    client.force_login(person)
    return person


@pytest.fixture
def kickoff():
    return KickoffFactory()


def url(name, kickoff, *args):
    return reverse(f"events:planning:{name}", args=[kickoff.slug, *args])


def add(client, kickoff, **changes):
    data = {"title": "Book the band", "workstream": "CONTENT", "offset": "8"} | changes
    return client.post(url("add", kickoff), data)


def test_an_empty_timeline_teaches_what_to_add(client, planner, kickoff):
    page = client.get(url("list", kickoff)).content.decode()

    assert "No task yet" in page
    assert "Add the first task" in page


def test_a_task_is_added_and_shown_with_what_it_counts_from(client, planner, kickoff):
    answer = add(client, kickoff)

    assert answer.status_code == 302
    page = client.get(url("list", kickoff)).content.decode()
    assert "Book the band" in page
    assert "T−8" in page
    assert "Tue 8 Dec" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"offset": ""}, "Say when it is due"),
        ({"unit": "YEARS"}, "Select a valid choice"),
        ({"offset": "-1"}, "greater than or equal to 0"),
        ({"offset": "99999"}, "less than or equal to 365"),
        ({"counts_from": "AFTER_PLAN"}, "when the comp plan takes effect"),
        ({"own_date": "2027-02-31"}, "Enter a valid date"),
        ({"title": ""}, "This field is required"),
        ({"workstream": "FUN"}, "Select a valid choice"),
        ({"owner": "999999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, planner, kickoff, wrong, said):
    answer = add(client, kickoff, **wrong)

    assert said in answer.content.decode()
    assert not PlanningTask.objects.exists()


def test_a_task_is_changed_and_deleted(client, planner, kickoff):
    task = PlanningTaskFactory(kickoff=kickoff)
    page = client.get(url("edit", kickoff, task.pk)).content.decode()
    assert task.title in page

    data = {"title": "Another", "workstream": "LOGISTICS", "own_date": "2027-01-02"}
    client.post(url("edit", kickoff, task.pk), data)
    task.refresh_from_db()
    assert (task.title, task.due_date) == ("Another", date(2027, 1, 2))

    client.post(url("delete", kickoff, task.pk))
    assert not PlanningTask.objects.exists()


def test_a_tick_works_without_scripts_and_goes_back_where_it_was_made(client, planner, kickoff):
    task = PlanningTaskFactory(kickoff=kickoff)
    where = url("list", kickoff) + "?workstream=LOGISTICS"

    answer = client.post(url("toggle", kickoff, task.pk), {"done": "1", "next": where})

    task.refresh_from_db()
    assert answer.url == where
    assert task.done_by == planner
    client.post(url("toggle", kickoff, task.pk), {"done": "0"})
    task.refresh_from_db()
    assert task.done_at is None


def test_a_tick_leads_to_no_other_site(client, planner, kickoff):
    task = PlanningTaskFactory(kickoff=kickoff)

    answer = client.post(
        url("toggle", kickoff, task.pk), {"done": "1", "next": "https://evil.example/"}
    )

    assert answer.url == url("list", kickoff)


def test_a_task_of_another_kickoff_is_not_found(client, planner, kickoff):
    task = PlanningTaskFactory()

    for name in ("edit", "toggle", "delete"):
        assert client.post(url(name, kickoff, task.pk)).status_code == 404


def test_the_timeline_is_narrowed_by_workstream_and_owner(client, planner, kickoff):
    PlanningTaskFactory(kickoff=kickoff, title="Hall", owner=planner)
    PlanningTaskFactory(kickoff=kickoff, title="Slides", workstream="CONTENT")

    def shown(query):
        page = client.get(url("list", kickoff) + query).content.decode()
        return [title for title in ("Hall", "Slides") if title in page]

    assert shown("") == ["Hall", "Slides"]
    assert shown("?workstream=CONTENT") == ["Slides"]
    assert shown(f"?owner={planner.pk}") == ["Hall"]
    assert shown("?owner=none") == ["Slides"]
    assert shown("?workstream=nonsense&owner='--") == []
    assert shown("?only=mine") == ["Hall"]
    assert shown("?state=late&state=%00&only=late&zoom=x") == []
    assert shown("?state=nonsense&only=%F0%9F%92%A3") == ["Hall", "Slides"]


def test_a_workstream_gets_an_owner_out_of_those_who_may(client, planner, kickoff):
    rep = PersonFactory()

    client.post(url("owner", kickoff), {"workstream": "CONTENT", "owner": planner.pk})
    assert WorkstreamOwner.objects.get().person == planner

    answer = client.post(
        url("owner", kickoff), {"workstream": "CONTENT", "owner": rep.pk}, follow=True
    )
    assert "Choose one of the people" in answer.content.decode()
    assert WorkstreamOwner.objects.get().person == planner


def test_the_timeline_costs_the_same_at_any_size(
    client, planner, kickoff, django_assert_max_num_queries
):
    costs = set()
    client.get(url("list", kickoff))
    for _ in range(3):
        PlanningTaskFactory.create_batch(3, kickoff=kickoff, owner=PlannerFactory())
        with django_assert_max_num_queries(15) as found:
            client.get(url("list", kickoff))
        costs.add(len(found))

    assert len(costs) == 1
