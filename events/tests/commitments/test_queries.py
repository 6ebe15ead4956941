from datetime import UTC, datetime

import pytest

from events.commitments import queries
from events.commitments.models import Commitment, Occurrence
from events.tests.commitments.making import (
    LAST_DAY,
    adopt,
    attending,
    bet,
    promised,
    said,
    settle,
    suggest,
)
from events.tests.factories import KickoffFactory
from people.tests.factories import PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 2, 19, 9, tzinfo=UTC)  # two Fridays on


def team_of(count, kickoff, **person):
    """So many people of one team with the same plan for a bet, the first of whom kept all of it."""
    suggestion = suggest(kickoff.bets.first() or bet(kickoff))
    said_ = said("Call", bet=suggestion.bet, suggestion=suggestion)
    people = [attending(kickoff, team=person.get("team") or TeamFactory(), **person)]
    people += [
        attending(kickoff, **{"team": people[0].person.team, **person}) for _ in range(count - 1)
    ]
    for one in people:
        adopt(one, said_, said("Own"))
    for time in Occurrence.objects.filter(commitment__person=people[0].person):
        settle(time, "DONE")
    return [one.person for one in people]


def test_a_plan_shows_what_is_asked_for_this_week_and_how_it_went():
    me = attending()
    adopt(me)
    first = Commitment.objects.first()
    settle(first.occurrences.first(), "DONE")

    view = queries.plan_of(me.person, me.kickoff, LATER)

    call, write = view.promises
    assert (call.kept, len(call.past)) == (1, 1)
    assert call.now.due_date == LATER.date()
    assert write.now == write.times[0]  # of the week before, not answered
    assert view.on_time == (1, 2)


def test_a_manager_sees_no_promise_that_came_from_a_note():
    me = attending()
    promised(me, source="NOTE", words="Mine alone")
    promised(me, source="ONE_TO_ONE", words="Agreed")

    own = queries.plan_of(me.person, me.kickoff, LAST_DAY)
    managers = queries.plan_of(me.person, me.kickoff, LAST_DAY, for_manager=True)

    assert [one.commitment.words for one in own.others] == ["Mine alone", "Agreed"]
    assert [one.commitment.words for one in managers.others] == ["Agreed"]


def test_suggestions_are_for_everybody_or_for_ones_kind():
    me = attending()
    for role in ("", "REP", "MANAGER"):
        suggest(bet(me.kickoff) if not role else me.kickoff.bets.get(), f"For {role}", role=role)

    ((_bet, actions),) = queries.suggested_to(me.kind, me.kickoff)

    assert [one.words for one in actions] == ["For ", "For REP"]


def test_a_rep_sees_who_of_their_team_took_what_and_nobody_else():
    kickoff, manager = KickoffFactory(), PersonFactory()
    me, colleague = team_of(2, kickoff, manager=manager)
    team_of(1, kickoff, manager=PersonFactory())

    (taken,) = queries.taken_in_team(me, kickoff)

    assert (taken.suggestion.words, taken.names) == ("Call", [colleague.display_name])


def test_it_adds_up_only_for_groups_in_which_nobody_stands_out():
    kickoff = KickoffFactory()
    small = team_of(3, kickoff)
    large = team_of(6, kickoff)

    def told(person):
        return [
            (label, part.people)
            for label, part in queries.adds_up(person, kickoff, kickoff.bets.all(), LATER)[0].kept
        ]

    assert told(large[0]) == [("Your team", 6)]  # company less team would tell of three
    assert told(small[0]) == [("The company", 9)]


def test_the_review_asks_what_is_open_first_and_shows_the_week_after():
    me = attending()
    adopt(me)
    settle(Commitment.objects.first().occurrences.first(), "DONE", at=LATER)

    seen = queries.review_of(me.person, me.kickoff, LATER)

    assert [(one.promised.commitment.words, str(one.time.due_date)) for one in seen.open] == [
        ("Call", "2027-02-19"),
        ("Write", "2027-02-12"),
        ("Write", "2027-02-19"),
    ]
    assert [one.promised.commitment.words for one in seen.answered] == ["Call"]
    assert {str(one.time.due_date) for one in seen.next} == {"2027-02-26"}
    assert [(str(week.monday), week.done, len(week.times)) for week in seen.weeks] == [
        ("2027-02-08", 1, 2),
        ("2027-02-15", 0, 2),
    ]


def test_the_strip_tells_planners_of_no_team_under_five_and_managers_of_their_reports():
    kickoff, manager = KickoffFactory(), PersonFactory()
    few = team_of(2, kickoff, manager=manager)[0].team.name
    some = team_of(3, kickoff)[0].team.name
    many = team_of(5, kickoff)[0].team.name

    planners = queries.kept_by_week(kickoff, LATER)
    managers = queries.kept_by_week(kickoff, LATER, manager)

    ((_title, rows),) = planners.bets
    told = {row.team: [cell.part and cell.part.percent for cell in row.cells] for row in rows}
    assert told == {few: [None], some: [None], many: [20]}
    assert planners.withheld
    ((_title, (row,)),) = managers.bets
    assert (row.team, row.cells[0].part.percent) == (few, 50)
    assert (managers.adopted, managers.expected) == (2, 2)


def test_a_week_in_which_fewer_than_five_had_something_due_is_told_to_their_manager_alone():
    kickoff, manager = KickoffFactory(), PersonFactory()
    one, *others = team_of(5, kickoff, manager=manager)
    last = min(Occurrence.objects.values_list("due_date", flat=True))
    Occurrence.objects.filter(due_date=last, commitment__person__in=others).delete()

    ((_title, (row,)),) = queries.kept_by_week(kickoff, LATER).bets
    ((_title, (own,)),) = queries.kept_by_week(kickoff, LATER, manager).bets

    assert (row.is_told, row.cells[0].part) == (True, None)
    assert (own.cells[0].part.due, one.manager) == (1, manager)


def test_pages_of_plans_read_the_same_for_one_promise_and_for_many(django_assert_num_queries):
    me = attending()
    adopt(me)
    for _number in range(4):
        promised(me)

    with django_assert_num_queries(4):
        queries.plan_of(me.person, me.kickoff, LATER)
    with django_assert_num_queries(4):
        queries.review_of(me.person, me.kickoff, LATER)
