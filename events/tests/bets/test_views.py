from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.bets.models import BigBet, SuggestedAction
from events.tests.factories import AssignmentFactory
from events.tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def planner(client, world):
    client.force_login(world["planner"])
    return client


def url(name, world, **more):
    return reverse(f"events:bets:{name}", kwargs={"slug": world.kickoff.slug} | more)


def test_a_bet_is_added_and_edited_in_place(planner, world):
    planner.post(url("add", world), {"title": "Renew from day one", "owner": "Amara Diallo"})
    bet = BigBet.objects.get()
    form = planner.get(url("edit", world, bet_id=bet.pk)).content.decode()
    planner.post(url("edit", world, bet_id=bet.pk), {"title": "Renew, from day one"})

    assert bet.owner == world["executive"]
    assert "Amara Diallo &lt;" in form
    bet.refresh_from_db()
    assert (bet.title, bet.owner) == ("Renew, from day one", None)


def test_a_suggestion_written_anew_on_its_page_is_the_companys_own(planner, world):
    bet = BigBet.objects.create(
        kickoff=world.kickoff, position=1, title="Renew from day one", suggested=True
    )

    planner.post(url("edit", world, bet_id=bet.pk), {"title": "Renew the ports"})

    bet.refresh_from_db()
    assert (bet.title, bet.suggested) == ("Renew the ports", False)


def test_of_two_who_edit_a_bet_the_second_is_asked_first(planner, world):
    bet = BigBet.objects.create(kickoff=world.kickoff, position=1, title="Renew", baseline=None)
    address, seen = url("edit", world, bet_id=bet.pk), bet.seen
    planner.post(address, {"title": "Renew early", "seen": seen})

    asked = planner.post(address, {"title": "Renew late", "seen": seen})
    told = asked.content.decode()
    bet.refresh_from_db()
    assert bet.title == "Renew early"
    assert "changed this bet meanwhile: “Renew early”" in told
    assert "Renew late" in told

    planner.post(address, {"title": "Renew late", "seen": bet.seen})
    bet.refresh_from_db()
    assert bet.title == "Renew late"
    assert f'value="{seen}"' not in told


def test_an_owner_whom_nobody_knows_is_refused_in_words(planner, world):
    page = planner.post(url("add", world), {"title": "One", "owner": "Jane Nobody"})

    assert "Nobody here is called “Jane Nobody”" in page.context["form"].errors["owner"][0]
    assert not BigBet.objects.exists()


def test_bets_change_places_and_go(planner, world):
    one, two = (
        BigBet.objects.create(kickoff=world.kickoff, position=n, title=f"Bet {n}") for n in (1, 2)
    )

    planner.post(url("move", world, bet_id=two.pk, position=1))
    planner.post(url("delete", world, bet_id=two.pk))

    assert list(BigBet.objects.values_list("pk", "position")) == [(one.pk, 1)]


def test_another_kickoffs_bet_under_this_slug_is_404(planner, world):
    bet = BigBet.objects.create(kickoff=build_other(world), position=1, title="Theirs")

    assert planner.post(url("delete", world, bet_id=bet.pk)).status_code == 404
    assert BigBet.objects.exists()


def build_other(world):
    other = type(world.kickoff).objects.get(pk=world.kickoff.pk)
    other.pk, other.slug = None, "another"
    other.save()
    return other


def suggest(bet, words):
    return SuggestedAction.objects.create(
        bet=bet, words=words, cadence="WEEKLY", by_date=date(2027, 5, 5)
    )


def test_what_serves_a_bet_is_shown_and_which_has_none(planner, world):
    for n in (1, 2):
        BigBet.objects.create(kickoff=world.kickoff, position=n, title=f"Bet {n}")
    AssignmentFactory(kickoff=world.kickoff, bet=BigBet.objects.get(position=1), title="Read it")

    page = planner.get(url("list", world)).content.decode()

    assert page.count("Nothing serves it yet") == 1
    assert "1 thing serves it" in page
    assert "Read it" in page


def test_the_plan_of_a_bet_is_saved_whole_or_not_at_all(planner, world):
    bet = BigBet.objects.create(kickoff=world.kickoff, position=1, title="Bet")
    one = suggest(bet, "Call")
    row = {"words": "Call twice", "cadence": "WEEKLY", "by_date": "2027-05-05"}
    sent = {f"a{one.pk}-{name}": value for name, value in row.items()}
    wrong = {"new0-words": "Meet", "new0-cadence": "MONTHLY", "new0-by_date": "soon"}

    refused = planner.post(url("plan", world, bet_id=bet.pk), sent | wrong)
    one.refresh_from_db()
    assert (refused.status_code, one.words) == (200, "Call")

    planner.post(url("plan", world, bet_id=bet.pk), sent | wrong | {"new0-by_date": "2027-05-05"})
    assert list(bet.actions.values_list("words", flat=True)) == ["Call twice", "Meet"]


def test_a_reading_is_typed_by_month(planner, world):
    bet = BigBet.objects.create(
        kickoff=world.kickoff, position=1, title="Bet", metric="Renewals", baseline=1, target=9
    )

    planner.post(url("read", world, bet_id=bet.pk), {"month": "2026-01", "value": "4.5"})
    page = planner.get(url("plan", world, bet_id=bet.pk)).content.decode()

    assert "January 2026" in page
    assert "4.5" in page


def test_bets_take_the_same_number_of_queries_for_one_and_for_three(planner, world):
    counts = []
    for position in (1, 2, 3):
        bet = BigBet.objects.create(
            kickoff=world.kickoff, position=position, title="Bet", owner=world["executive"]
        )
        suggest(bet, "Call")
        AssignmentFactory(kickoff=world.kickoff, bet=bet)
        with CaptureQueriesContext(connection) as queries:
            planner.get(url("list", world))
        counts.append(len(queries))

    assert len(set(counts)) == 1
