"""Plans written, changed by two at once, copied, deleted; what the tables refuse."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from events.packets.comp import actions
from events.packets.comp.actions import PlanDetails
from events.packets.comp.models import CompPlan, PersonComp, PlanRole
from events.packets.comp.rules.comp import Measure, SplitShare
from events.packets.comp.rules.validation import Example
from events.tests.factories import KickoffFactory
from events.tests.packets.comp.factories import (
    AT,
    NAIVE,
    STANDARD,
    CompPlanFactory,
    PersonCompFactory,
    RolePayFactory,
    TermsEditionFactory,
    design,
)
from people.activity.models import Entry
from people.tests.factories import RevOpsFactory

pytestmark = pytest.mark.django_db
D = Decimal
DETAILS = PlanDetails(
    name="Mid-market AE",
    starts_date=date(2027, 3, 1),
    ends_date=date(2028, 2, 29),
    job_titles=("Mid-market AE", "Senior  mid-market AE"),
    design=design(),
    example=Example(D(900000), D(56000), "EUR"),
)


@pytest.fixture
def kickoff():
    return KickoffFactory()


@pytest.fixture
def revops():
    return RevOpsFactory(full_name="Mateusz Wiśniewski")


@pytest.fixture
def save(kickoff, revops):
    def save(plan=None, **changes):
        if plan is not None:
            changes = {"plan_id": plan.pk, "expected": plan.version, **changes}
        ids = {key: changes.pop(key) for key in ("plan_id", "expected") if key in changes}
        return actions.save_plan(
            kickoff=kickoff, details=replace(DETAILS, **changes), by=revops, at=AT, **ids
        )

    return save


def test_a_sound_plan_is_ready_and_has_its_titles(save):
    plan = save()

    assert plan.is_ready
    assert CompPlan.objects.get().design == design()
    assert set(plan.roles.values_list("title_key", flat=True)) == {
        "mid-market ae",
        "senior mid-market ae",
    }
    assert Entry.objects.get().verb == "comp.plan_added"


@pytest.mark.parametrize(
    "unsound",
    [
        design(NAIVE),
        design(measures=(Measure("New", D("0.9"), STANDARD),)),
        design(splits=(SplitShare("AE", D("0.5")),)),
    ],
)
def test_a_plan_in_which_something_blocks_is_kept_as_a_draft(save, unsound):
    plan = save(design=unsound)

    assert not plan.is_ready
    assert save(plan, design=design()).is_ready


def test_of_two_editors_the_second_is_told_and_changes_nothing(save, revops):
    plan = save()
    save(plan, name="Changed by the first")

    with pytest.raises(actions.ChangedMeanwhile, match="Mateusz Wiśniewski changed this plan, Mon"):
        save(plan, name="Changed by the second")

    assert CompPlan.objects.get().name == "Changed by the first"
    assert CompPlan.objects.get().version == 2


def test_a_plan_that_was_deleted_meanwhile_is_not_written_anew(save, revops):
    plan = save()
    actions.delete_plan(plan=CompPlan.objects.get(), by=revops, at=AT)

    with pytest.raises(actions.CompRefused, match="deleted meanwhile"):
        save(plan)


def test_a_change_moves_titles_in_and_out(save):
    plan = save()

    save(plan, job_titles=("Senior mid-market AE", "SMB AE"))

    assert set(PlanRole.objects.values_list("job_title", flat=True)) == {
        "Senior  mid-market AE",
        "SMB AE",
    }


def test_a_title_has_one_plan(save):
    save()

    with pytest.raises(actions.CompRefused, match="“Mid-market AE” is on the plan"):
        save(name="Another", job_titles=("mid-market  ae",))


def test_names_are_told_apart(save):
    save()

    with pytest.raises(actions.CompRefused, match="called “mid-MARKET AE” already"):
        save(name="mid-MARKET AE", job_titles=())


def test_a_plan_names_published_terms(save):
    TermsEditionFactory(code="2030.1")

    with pytest.raises(actions.CompRefused, match="not published"):
        save(design=design(terms="2030.1"))


def test_an_archived_kickoff_has_no_changes(save, kickoff, revops):
    plan = save()
    kickoff.status = "ARCHIVED"
    kickoff.save(update_fields=["status"])
    plan.refresh_from_db()

    for act in (
        lambda: save(plan),
        lambda: actions.copy_plan(plan=plan, by=revops, at=AT),
        lambda: actions.delete_plan(plan=plan, by=revops, at=AT),
    ):
        with pytest.raises(actions.CompRefused, match="archived"):
            act()


def test_a_copy_says_the_same_under_its_own_name_and_is_for_nobody(save, revops):
    plan = save()

    copies = [actions.copy_plan(plan=plan, by=revops, at=AT) for _ in range(2)]

    assert [copy.name for copy in copies] == ["Mid-market AE (2)", "Mid-market AE (3)"]
    assert copies[0].design == plan.design
    assert not copies[0].roles.exists()


def test_a_plan_that_somebody_was_given_by_name_is_not_deleted(revops):
    own = PersonCompFactory(plan=CompPlanFactory(), person__full_name="Thabo Nkosi")
    own.plan.kickoff = own.kickoff

    with pytest.raises(actions.CompRefused, match="Thabo Nkosi"):
        actions.delete_plan(plan=own.plan, by=revops, at=AT)


@pytest.mark.parametrize(
    "make",
    [
        lambda plan: CompPlanFactory(kickoff=plan.kickoff, name=plan.name.upper()),
        lambda plan: CompPlanFactory(name=""),
        lambda plan: CompPlanFactory(starts_date=date(2028, 1, 1), ends_date=date(2027, 1, 1)),
        lambda plan: CompPlanFactory(kickoff=plan.kickoff, titles=["SMB AE"]),
        lambda plan: CompPlanFactory(titles=[" "]),
        lambda plan: [RolePayFactory(kickoff=plan.kickoff) for _ in range(2)],
        lambda plan: RolePayFactory(currency=""),
        lambda plan: [
            PersonCompFactory(kickoff=plan.kickoff, person=plan.kickoff.owner) for _ in range(2)
        ],
        lambda plan: PersonCompFactory(currency=""),
        lambda plan: PersonCompFactory(starts_date=date(2028, 1, 1), ends_date=date(2027, 1, 1)),
        lambda plan: TermsEditionFactory(code=""),
        lambda plan: [TermsEditionFactory(code="x") for _ in range(2)],
        lambda plan: TermsEditionFactory(state="PUBLISHED"),
    ],
)
def test_what_must_never_be_stored_is_not(make):
    plan = CompPlanFactory(titles=["SMB AE"])

    with pytest.raises(IntegrityError), transaction.atomic():
        make(plan)


def test_no_figure_lies_open_in_the_tables_nor_in_a_repr():
    own = PersonCompFactory(base=83117, target=57773)
    role = RolePayFactory(base=83117, target=57773)

    stored = [*PersonComp.objects.values_list(), *type(role).objects.values_list()]
    said = repr([stored, own, role, own.read(), role.read()])
    assert "83117" not in said
    assert "57773" not in said
    assert own.read().on_target == role.read().on_target == 140890
