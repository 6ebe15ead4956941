"""Two clicks at once; real row locks, so on PostgreSQL."""

import pytest

from core.tests.races import at_once
from events.budget import actions
from events.budget.actions import BudgetRefused
from events.budget.models import Revision
from events.tests.budget.factories import (
    TUESDAY,
    figures,
    let_own,
    make_budget,
    make_line,
    revise,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_what_is_approved_and_sent_back_at_once_is_decided_once(attempt):
    budget = make_budget()
    line, boss = make_line(budget), let_own(budget, None)
    waits = revise(line, let_own(budget, 1), said=39_400)
    answers = [True, False]

    done = at_once(
        lambda: actions.decide(revision_id=waits.pk, approve=answers.pop(), by=boss, at=TUESDAY),
        times=2,
        refusals=BudgetRefused,
    )

    assert sum(isinstance(one, BudgetRefused) for one in done) == 1
    waits.refresh_from_db()
    line.refresh_from_db()
    assert (line.current == waits) is (waits.state == Revision.State.STANDS)


@pytest.mark.parametrize("attempt", range(3))
def test_a_line_that_two_revise_at_once_is_revised_by_one(attempt):
    budget = make_budget()
    line = make_line(budget)
    prices = [32_000, 33_000]

    done = at_once(
        lambda: actions.revise_line(
            line_id=line.pk,
            figures=figures(prices.pop()),
            reason="",
            seen=1,
            by=budget.kickoff.owner,
            at=TUESDAY,
        ),
        times=2,
        refusals=BudgetRefused,
    )

    assert sum(isinstance(one, BudgetRefused) for one in done) == 1
    assert line.revisions.count() == 2
