"""Two of RevOps at once; real transactions, so on PostgreSQL."""

from dataclasses import replace
from functools import partial

import pytest

from core.tests.races import at_once
from events.packets.comp import actions, queries
from events.packets.comp.actions import OwnComp, TitlePay
from events.packets.comp.models import CompPlan, PersonComp, PlanRole, RolePay, TermsEdition
from events.packets.comp.rules.pay import Pay
from events.packets.comp.rules.rows import CompRow
from events.tests.factories import AttendeeFactory, KickoffFactory
from events.tests.packets.comp.factories import AT, CompPlanFactory, D
from events.tests.packets.comp.test_plans import DETAILS
from people.tests.factories import RevOpsFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("attempt", range(3)),
]


def by_two(act):
    """What two calls with 0 and 1 give or refuse, begun at the same moment."""
    return at_once(partial(act, 0), partial(act, 1), refusals=actions.CompRefused)


def refusals(done):
    return [one for one in done if isinstance(one, actions.CompRefused)]


def test_of_two_who_save_one_plan_one_is_told(attempt):
    plan, revops = CompPlanFactory(), RevOpsFactory()

    done = by_two(
        lambda n: actions.save_plan(
            kickoff=plan.kickoff, details=replace(DETAILS, name=f"By {n}"), by=revops, at=AT,
            plan_id=plan.pk, expected=plan.version,
        )
    )  # fmt: skip

    assert len(refusals(done)) == 1
    plan.refresh_from_db()
    assert plan.version == 2


def test_of_two_who_give_one_person_their_own_one_is_told(attempt):
    kickoff, revops = KickoffFactory(), RevOpsFactory()
    person = AttendeeFactory(kickoff=kickoff).person

    done = by_two(
        lambda n: actions.override_comp(
            kickoff=kickoff, person=person, by=revops, at=AT,
            own=OwnComp(currency="EUR", pay=Pay(D(n + 1), D(1)), reason="Because"),
        )
    )  # fmt: skip

    assert len(refusals(done)) == 1
    assert PersonComp.objects.count() == 1


def test_one_file_imported_twice_at_once_counts_once(attempt):
    kickoff, revops = KickoffFactory(), RevOpsFactory()
    ids = [AttendeeFactory(kickoff=kickoff).person_id for _ in range(20)]
    rows = [CompRow(pk, "EUR", Pay(D(1), D(2))) for pk in ids]

    done = by_two(lambda n: actions.import_comp(kickoff=kickoff, rows=rows, by=revops, at=AT))

    assert sorted((one.created, one.unchanged) for one in done) == [(0, 20), (20, 0)]
    assert len(queries.Book(kickoff).own) == 20


def test_two_who_set_one_title_leave_one_plan_and_one_pay(attempt):
    kickoff, revops = KickoffFactory(), RevOpsFactory()
    plans = [CompPlanFactory(kickoff=kickoff) for _ in range(2)]

    by_two(
        lambda n: actions.set_title(
            kickoff=kickoff, job_title="AE", plan=plans[n], by=revops, at=AT,
            pays=[TitlePay("EUR", Pay(D(n), D(1)))],
        )
    )  # fmt: skip

    assert PlanRole.objects.count() == 1
    assert RolePay.objects.count() == 1


def test_two_plans_of_one_name_or_for_one_title_are_not_made_at_once(attempt):
    kickoff, revops = KickoffFactory(), RevOpsFactory()

    done = by_two(lambda n: actions.save_plan(kickoff=kickoff, details=DETAILS, by=revops, at=AT))

    assert len(refusals(done)) == 1
    assert CompPlan.objects.count() == 1


def test_an_edition_is_drafted_once(attempt):
    revops = RevOpsFactory()

    done = by_two(lambda n: actions.draft_terms(code="2030.1", clauses={}, by=revops, at=AT))

    assert len(refusals(done)) == 1
    assert TermsEdition.objects.count() == 1
