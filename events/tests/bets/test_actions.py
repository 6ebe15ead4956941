from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from events.bets import actions
from events.bets.models import BigBet, SuggestedAction
from events.bets.queries import check_bets, standings
from events.kickoff.hooks import Before
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory, TeamFactory

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


def test_a_fourth_bet_is_refused_unless_it_says_why():
    kickoff = KickoffFactory()
    for title in ("One", "Two", "Three"):
        add(kickoff, title)

    with pytest.raises(actions.BetRefused, match="Say why"):
        add(kickoff, "Four")
    four = add(kickoff, "Four", why_more="The new region has a market of its own")

    assert four.is_one_more
    assert found(kickoff)["There are 4 big bets."] == "improve"
    act(actions.delete_bet, bet=kickoff.bets.get(position=1))
    four.refresh_from_db()
    assert (four.position, four.why_more) == (3, "")


def test_figures_of_nothing_are_refused():
    with pytest.raises(actions.BetRefused, match="what is measured"):
        add(KickoffFactory(), "One", target=Decimal(40))


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


@pytest.mark.parametrize("position", [0, 7])
def test_a_bet_outside_the_six_places_is_never_stored(position):
    with pytest.raises(IntegrityError, match="position"):
        BigBet.objects.create(kickoff=KickoffFactory(), position=position, title="Off")


def test_a_place_is_never_taken_twice():
    bet = add(KickoffFactory(), "One")

    with pytest.raises(IntegrityError), transaction.atomic():
        BigBet.objects.create(kickoff=bet.kickoff, position=1, title="Too")


MEASURED = {"metric": "Renewals agreed early", "baseline": Decimal(22), "target": Decimal(40)}
UNTIL = date(2027, 5, 5)


def planned(kickoff, title, **more):
    bet = add(kickoff, title, owner=PersonFactory(), **MEASURED, **more)
    plan(bet, said("Log one outcome"))
    return bet


def said(words, **more):
    return actions.ActionWords(words=words, cadence="WEEKLY", by_date=UNTIL, **more)


def plan(bet, *rows):
    act(actions.plan_actions, bet=bet, actions=rows)


def read(bet, month, value, of=None):
    return act(actions.record_reading, bet=bet, month=month, value=Decimal(value), of=of)


def test_actions_are_added_changed_and_taken_away_together():
    bet = add(KickoffFactory(), "One")
    plan(bet, said("Call"), said("Write"))
    call = bet.actions.get(words="Call")

    plan(bet, said("Call twice", id=call.pk, role="REP"), said("Meet"))

    assert list(bet.actions.values_list("pk", "words", "role")) == [
        (call.pk, "Call twice", "REP"),
        (bet.actions.get(words="Meet").pk, "Meet", ""),
    ]
    with pytest.raises(actions.BetRefused, match="gone"):
        plan(add(bet.kickoff, "Two"), said("Mine", id=call.pk))


def test_a_month_is_read_once_of_the_company_and_of_each_part_of_it():
    bet, team = add(KickoffFactory(), "One", **MEASURED), TeamFactory()

    read(bet, date(2026, 11, 14), 24)
    read(bet, date(2026, 11, 30), 25)
    read(bet, date(2026, 11, 30), 31, team)

    assert list(bet.readings.order_by("pk").values_list("month", "value", "team")) == [
        (date(2026, 11, 1), Decimal(25), None),
        (date(2026, 11, 1), Decimal(31), team.pk),
    ]
    me = PersonFactory(team=team)
    assert [(one.label, one.way) for one in standings([bet], me)[bet.pk]] == [
        (team.name, 50),
        ("The company", 16),
    ]


def test_a_reading_needs_a_metric_and_a_month_that_has_begun():
    kickoff = KickoffFactory()
    with pytest.raises(actions.BetRefused, match="what this bet measures"):
        read(add(kickoff, "One"), date(2026, 11, 1), 24)
    with pytest.raises(actions.BetRefused, match="still to come"):
        read(add(kickoff, "Two", **MEASURED), date(2027, 1, 1), 24)


def test_suggested_actions_end_later_when_the_event_does():
    kickoff = KickoffFactory()
    plan(add(kickoff, "One"), said("Call"))
    before = Before(kickoff.starts_date, kickoff.ends_date, kickoff.time_zone)
    kickoff.ends_date += timedelta(days=7)

    follows = actions.move_actions(kickoff, before, PlannerFactory(), AT)

    assert follows.says == ["1 suggested action ends on another day."]
    assert SuggestedAction.objects.get().by_date == UNTIL + timedelta(days=7)


def found(kickoff):
    said = check_bets(kickoff, AT)
    assert len(said) == 5
    return {one.text: one.severity for one in said if one.severity.needs_somebody}


def test_readiness_asks_for_two_bets():
    kickoff = KickoffFactory()
    assert found(kickoff) == {"No big bets yet.": "blocks"}

    planned(kickoff, "One")
    assert found(kickoff) == {"Only one big bet yet.": "blocks"}


def test_readiness_names_what_the_template_left_open():
    kickoff = KickoffFactory()
    actions.suggest_bets(kickoff, PlannerFactory(), AT)

    assert found(kickoff) == {
        "3 bets are still the template's suggestions.": "improve",
        "3 bets have no metric with baseline and target.": "improve",
        "3 bets have no owner.": "improve",
    }


def test_readiness_is_met_by_bets_with_a_metric_a_plan_and_an_owner():
    kickoff = KickoffFactory()
    for title in ("One", "Two"):
        planned(kickoff, title)
    assert found(kickoff) == {}

    plan(kickoff.bets.get(position=1))
    assert found(kickoff) == {"1 bet suggests no actions.": "improve"}


def test_naming_an_owner_alone_leaves_a_bet_the_suggestion_that_it_was():
    kickoff, planner = KickoffFactory(), PlannerFactory()
    actions.suggest_bets(kickoff, planner, AT)
    first = BigBet.objects.filter(kickoff=kickoff)[0]
    words = {name: getattr(first, name) for name in actions.WORDS}

    for changes, is_suggested in (({"owner": planner}, True), ({"title": "Win the ports"}, False)):
        said = actions.BetWords(**words | {"owner": planner} | changes)
        actions.edit_bet(bet=first, words=said, by=planner, at=AT)
        first.refresh_from_db()
        assert (first.owner, first.suggested) == (planner, is_suggested)
