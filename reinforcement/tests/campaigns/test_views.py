import pytest
from django.urls import reverse

from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PlannerFactory
from reinforcement.campaigns.models import Activity
from reinforcement.tests.factories import ActivityFactory, CampaignFactory, TouchFactory
from reinforcement.tests.pages import queries_of

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "MICROLEARNING",
    "title": "Renew from day one",
    "day_offset": 4,
    "local_hour": 9,
    "days_to_do": 3,
    "question_count": 4,
}


@pytest.fixture
def campaign(client):
    client.force_login(PlannerFactory())
    return CampaignFactory()


def _url(campaign, name="plan", **kwargs):
    return reverse(
        f"reinforcement:campaigns:{name}", kwargs={"slug": campaign.kickoff.slug, **kwargs}
    )


def test_an_empty_plan_teaches_and_is_filled_with_one_button(client):
    client.force_login(PlannerFactory())
    kickoff = KickoffFactory()
    empty = client.get(reverse("reinforcement:campaigns:plan", kwargs={"slug": kickoff.slug}))

    filled = client.post(
        reverse("reinforcement:campaigns:fill", kwargs={"slug": kickoff.slug}), follow=True
    )

    assert "No plan for the 90 days yet" in empty.content.decode()
    assert "The big bets in three minutes" in filled.content.decode()


def test_a_planner_adds_changes_and_takes_out_an_activity(client, campaign):
    client.post(_url(campaign, "activity_create"), FORM)
    activity = Activity.objects.get()
    one = {"activity_id": activity.pk}

    client.post(_url(campaign, "activity_edit", **one), {**FORM, "title": "Renew early"})
    client.post(_url(campaign, "activity_withdraw", **one))

    activity.refresh_from_db()
    assert activity.title == "Renew early"
    assert activity.withdrawn_at is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day_offset": 121}, "less than or equal to 120"),
        ({"day_offset": -1}, "greater than or equal to 0"),
        ({"local_hour": 3}, "greater than or equal to 6"),
        ({"kind": "MANAGER_FOLLOW_UP"}, "1:1 or a team meeting"),
        ({"kind": "RETENTION_CHECK"}, "day 0, 30, 60 or 90"),
        ({"title": ""}, "required"),
    ],
)
def test_a_form_that_cannot_be_is_said_so_in_words(client, campaign, changes, words):
    page = client.post(_url(campaign, "activity_create"), {**FORM, **changes})

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Activity.objects.exists()


def test_a_second_check_of_a_day_is_refused_in_words(client, campaign):
    ActivityFactory(campaign=campaign, kind="RETENTION_CHECK", day_offset=30)

    page = client.post(
        _url(campaign, "activity_create"), {**FORM, "kind": "RETENTION_CHECK", "day_offset": 30}
    )

    assert "Day 30 has a check already" in page.content.decode()


def test_an_activity_of_another_kickoff_is_not_found(client, campaign):
    foreign = ActivityFactory()

    answer = client.get(_url(campaign, "activity_edit", activity_id=foreign.pk))

    assert answer.status_code == 404


def test_the_plan_asks_as_often_for_fifteen_activities_as_for_one(client, campaign):
    TouchFactory(activity=ActivityFactory(campaign=campaign))
    one = queries_of(client, _url(campaign))
    for _ in range(14):
        TouchFactory(activity=ActivityFactory(campaign=campaign))

    assert queries_of(client, _url(campaign)) == one <= 12


def test_the_plan_names_the_days_of_other_countries_and_who_has_none(client, campaign):
    # Good Friday of 2027; England rests on the Monday after it too
    ActivityFactory(campaign=campaign, day_offset=50)
    for country, part in (("PT", ""), ("GB", "ENG"), ("GB", "ENG"), ("", "")):
        AttendeeFactory(kickoff=campaign.kickoff, person__country=country, person__subdivision=part)

    page = " ".join(client.get(_url(campaign)).content.decode().split())

    assert "Tue 30 Mar" in page
    assert "Mon 29 Mar: PT" in page
    assert "Fri 26 Mar: no country" in page
    assert "1 person has no country" in page
