from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from events.bets import actions
from events.bets.models import BigBet
from events.bets.queries import check_bets
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


def act(action, **more):
    return action(by=PlannerFactory(), at=AT, **more)


def add(kickoff, title, **more):
    return act(actions.add_bet, kickoff=kickoff, words=actions.BetWords(title=title, **more))


def titles(kickoff):
    return list(kickoff.bets.order_by("position").values_list("position", "title"))


def test_bets_stand_in_the_order_in_which_they_are_added():
    kickoff = KickoffFactory()
    for title in ("One", "Two", "Three"):
        add(kickoff, title)

    assert titles(kickoff) == [(1, "One"), (2, "Two"), (3, "Three")]
    assert Entry.objects.filter(verb="bet.added").count() == 3


def test_a_fourth_bet_is_refused():
    kickoff = KickoffFactory()
    for title in ("One", "Two", "Three"):
        add(kickoff, title)

    with pytest.raises(actions.BetRefused, match="three bets already"):
        add(kickoff, "Four")


def test_two_bets_change_places():
    kickoff = KickoffFactory()
    bets = [add(kickoff, title) for title in ("One", "Two", "Three")]

    act(actions.move_bet, bet=bets[2], position=1)

    assert titles(kickoff) == [(1, "Three"), (2, "Two"), (3, "One")]


def test_a_bet_does_not_move_to_where_none_stands():
    bet = add(KickoffFactory(), "One")

    with pytest.raises(actions.BetRefused, match="no bet at that place"):
        act(actions.move_bet, bet=bet, position=2)


def test_those_after_a_deleted_bet_move_up():
    kickoff = KickoffFactory()
    bets = [add(kickoff, title) for title in ("One", "Two", "Three")]

    act(actions.delete_bet, bet=bets[0])

    assert titles(kickoff) == [(1, "Two"), (2, "Three")]


def test_editing_a_suggestion_makes_it_the_companys_own():
    kickoff = KickoffFactory()
    actions.suggest_bets(kickoff, PlannerFactory(), AT)
    bet = kickoff.bets.get(position=1)
    assert bet.suggested

    act(actions.edit_bet, bet=bet, words=actions.BetWords(title="Ours"))

    bet.refresh_from_db()
    assert (bet.title, bet.suggested) == ("Ours", False)


@pytest.mark.parametrize("position", [0, 4])
def test_a_bet_outside_the_three_places_is_never_stored(position):
    with pytest.raises(IntegrityError, match="position"):
        BigBet.objects.create(kickoff=KickoffFactory(), position=position, title="Off")


def test_a_place_is_never_taken_twice():
    bet = add(KickoffFactory(), "One")

    with pytest.raises(IntegrityError), transaction.atomic():
        BigBet.objects.create(kickoff=bet.kickoff, position=1, title="Too")


def found(kickoff):
    said = check_bets(kickoff, AT)
    assert len(said) == 4
    return {one.text: one.severity for one in said if one.severity.needs_somebody}


def test_readiness_asks_for_two_bets():
    kickoff = KickoffFactory()
    assert found(kickoff) == {"No big bets yet.": "blocks"}

    add(
        kickoff,
        "One",
        owner=PersonFactory(),
        action_weekly="W",
        action_monthly="M",
        action_quarterly="Q",
    )
    assert found(kickoff) == {"Only one big bet yet.": "blocks"}


def test_readiness_names_what_the_template_left_open():
    kickoff = KickoffFactory()
    actions.suggest_bets(kickoff, PlannerFactory(), AT)

    assert found(kickoff) == {
        "3 bets are still the template's suggestions.": "improve",
        "3 bets have no owner.": "improve",
    }


def test_readiness_is_met_by_bets_with_a_plan_and_an_owner():
    kickoff = KickoffFactory()
    for title in ("One", "Two"):
        add(
            kickoff,
            title,
            owner=PersonFactory(),
            action_weekly="W",
            action_monthly="M",
            action_quarterly="Q",
        )
    assert found(kickoff) == {}

    kickoff.bets.update(action_monthly="")
    assert found(kickoff) == {"2 bets have no whole action plan.": "improve"}
