import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.bets.models import BigBet
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


def test_a_rep_reads_the_bets(client, world):
    client.force_login(world["rep"])
    empty = client.get(url("mine", world)).content.decode()
    BigBet.objects.create(
        kickoff=world.kickoff, position=1, title="<Renew>", action_weekly="Log one outcome"
    )
    page = client.get(url("mine", world)).content.decode()

    assert "The bets are not out yet" in empty
    assert "&lt;Renew&gt;" in page
    assert "Log one outcome" in page


@pytest.mark.parametrize("name", ["list", "mine"])
def test_bets_take_the_same_number_of_queries_for_one_and_for_three(planner, world, name):
    counts = []
    for position in (1, 2, 3):
        BigBet.objects.create(
            kickoff=world.kickoff, position=position, title="Bet", owner=world["executive"]
        )
        with CaptureQueriesContext(connection) as queries:
            planner.get(url(name, world))
        counts.append(len(queries))

    assert len(set(counts)) == 1
