"""Two of RevOps at once; real row locks, so on PostgreSQL."""

from decimal import Decimal
from functools import partial

import pytest

from core.tests import races
from events.packets.quotas import actions, queries
from events.tests.packets.quotas.factories import TUESDAY, QuotaPlanFactory, team_of
from people.tests.factories import RevOpsFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
at_once = partial(races.at_once, refusals=actions.QuotaRefused)


@pytest.fixture
def plan():
    plan = QuotaPlanFactory()
    for _ in range(2):
        team_of(plan.kickoff, 5)
    return plan


@pytest.mark.parametrize("attempt", range(3))
def test_two_cascades_from_one_preview_are_one(plan, attempt):
    by = RevOpsFactory()

    def cascade():
        return actions.cascade_plan(plan_id=plan.pk, seen=1, by=by, at=TUESDAY)

    done = at_once(cascade, times=2)

    assert sorted(isinstance(one, actions.QuotaRefused) for one in done) == [False, True]
    assert plan.nodes.count() == 12
    plan.refresh_from_db()
    assert plan.version == 2


@pytest.mark.parametrize("attempt", range(3))
def test_an_amount_by_hand_is_never_lost_to_a_cascade(plan, attempt):
    by = RevOpsFactory()
    actions.cascade_plan(plan_id=plan.pk, seen=1, by=by, at=TUESDAY)
    rep = queries.board_of(plan).reps[0]
    plan.write_target(Decimal(20_000_000))
    plan.version = 2
    plan.save(update_fields=["sealed", "version"])

    edited, cascaded = at_once(
        lambda: actions.set_quota(
            plan_id=plan.pk, person_id=rep, amount=Decimal(7), seen=1, by=by, at=TUESDAY
        ),
        lambda: actions.cascade_plan(plan_id=plan.pk, seen=2, by=by, at=TUESDAY),
    )

    # Whoever comes second is refused: the edit saw an old amount, or the cascade an old plan
    refused = [isinstance(one, actions.QuotaRefused) for one in (edited, cascaded)]
    assert sum(refused) == 1
    amount = queries.board_of(plan).amounts[rep]
    assert (amount == 7) is not refused[0]


@pytest.mark.parametrize("attempt", range(3))
def test_two_first_amounts_for_one_person_are_one(plan, attempt):
    by = RevOpsFactory()
    rep = queries.board_of(plan).reps[0]

    def give(amount):
        return lambda: actions.set_quota(
            plan_id=plan.pk, person_id=rep, amount=Decimal(amount), seen=0, by=by, at=TUESDAY
        )

    done = at_once(give(5), give(6))

    assert sorted(isinstance(one, actions.QuotaRefused) for one in done) == [False, True]
    assert plan.nodes.count() == 1
