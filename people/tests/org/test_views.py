import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy

from people.org.models import Region, Team
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory, TeamFactory

pytestmark = pytest.mark.django_db
LIST = reverse_lazy("people:org:list")


@pytest.fixture(autouse=True)
def planner(client):
    person = PlannerFactory()
    client.force_login(person)
    return person


def test_regions_and_teams_are_shown_with_their_sizes(client):
    team = TeamFactory(name="EMEA Cross-border", region=RegionFactory(name="EMEA"))
    for _ in range(2):
        PersonFactory(team=team, region=team.region)
    TeamFactory(name="Enablement", region=None)

    page = client.get(LIST).content.decode()

    for words in ("EMEA Cross-border", "2 people", "Enablement", "Teams of no region"):
        assert words in page


def test_the_page_takes_the_same_queries_however_many_there_are(client):
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            PersonFactory(team=TeamFactory())
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))

    assert counts[0] == counts[1] == counts[2]


def test_a_region_is_added_renamed_and_removed(client):
    client.post(reverse("people:org:add_region"), {"name": "EMEA"})
    region = Region.objects.get(name="EMEA")
    client.post(reverse("people:org:edit_region", args=[region.pk]), {"name": "Europe"})
    assert Region.objects.get().name == "Europe"
    client.post(reverse("people:org:remove_region", args=[region.pk]))

    assert not Region.objects.exists()


def test_a_team_is_added_moved_and_removed(client):
    emea, americas = RegionFactory(name="EMEA"), RegionFactory(name="Americas")
    client.post(reverse("people:org:add_team"), {"name": "Growth", "region": emea.pk})
    team = Team.objects.get()
    client.post(
        reverse("people:org:edit_team", args=[team.pk]), {"name": "Reach", "region": americas.pk}
    )
    team.refresh_from_db()
    assert (team.name, team.region) == ("Reach", americas)
    client.post(reverse("people:org:remove_team", args=[team.pk]))

    assert not Team.objects.exists()


def test_a_name_that_is_taken_is_said_beside_it(client):
    RegionFactory(name="EMEA")
    TeamFactory(name="Growth", region=None)

    region = client.post(reverse("people:org:add_region"), {"name": "emea"})
    team = client.post(reverse("people:org:add_team"), {"name": "growth", "region": ""})

    assert "already" in str(region.context["form"].errors["name"])
    assert "already" in str(team.context["form"].errors["name"])


def test_what_still_has_people_stays_and_says_so(client):
    team = TeamFactory()
    PersonFactory(team=team, region=team.region)

    page = client.post(reverse("people:org:remove_team", args=[team.pk]), follow=True)

    assert "still has 1 person" in page.content.decode()
    assert Team.objects.filter(pk=team.pk).exists()
