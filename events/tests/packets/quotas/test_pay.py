"""Quotas beside pay: one currency for both, and what comp learns from here."""

from datetime import date
from decimal import Decimal

import pytest

from events.packets.comp import hooks
from events.packets.quotas import queries
from events.tests.packets.comp.factories import CompPlanFactory, PersonCompFactory, RolePayFactory
from events.tests.packets.quotas.factories import (
    PlanRateFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
)
from events.tests.packets.quotas.pages import at
from events.tests.world import build_world
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def world():
    world = build_world()
    plan = QuotaPlanFactory(kickoff=world.kickoff)
    world.things.update(plan=plan, usd=PlanRateFactory(plan=plan))
    for role in ("manager", "other_manager", "rep", "peer"):
        QuotaNodeFactory(plan=plan, person=world[role])
    return world


def paid_in(world, role, code):
    PersonCompFactory(kickoff=world.kickoff, person=world[role], currency=code)


def test_quotas_follow_the_currency_of_pay_where_the_plan_has_a_rate(client, world):
    paid_in(world, "rep", "USD")
    paid_in(world, "peer", "CHF")
    client.force_login(world["revops"])

    page = client.get(at(world, "plan")).content.decode()
    assert "1 rep is paid in another currency" in page
    assert "1 rep is paid in CHF, and the plan has no rate for it." in page

    done = client.post(at(world, "currencies"), follow=True).content.decode()
    assert "1 quota is told in the currency of pay now." in done
    assert "paid in another currency" not in done
    offer = queries.quotas_of(world.kickoff, [world["rep"].pk])[world["rep"].pk]
    assert (offer.quota.amount, offer.currency) == (1_100_000, "USD")
    assert Entry.objects.get(verb="quotas.currencies_synced").note == "1"


def test_a_locked_plan_keeps_its_currencies(client, world):
    paid_in(world, "rep", "USD")
    world.things["plan"].status = "LOCKED"
    world.things["plan"].save()
    client.force_login(world["revops"])

    page = client.post(at(world, "currencies"), follow=True).content.decode()

    assert "The plan is locked" in page
    assert world.things["plan"].nodes.filter(rate=None).count() == 4


def test_pay_in_the_same_currency_is_no_mismatch_and_none_is_none(world):
    plan = world.things["plan"]
    paid_in(world, "rep", "EUR")

    mismatch = queries.mismatch_of(queries.board_of(plan), ["USD"])

    assert (mismatch.mendable, mismatch.without_rate) == ({}, {})


def test_pay_of_the_title_counts_too_in_as_many_queries(world, django_assert_num_queries):
    CompPlanFactory(kickoff=world.kickoff, titles=["Account executive"])
    RolePayFactory(kickoff=world.kickoff, job_title="Account executive", currency="USD")
    people = [PersonFactory().pk for _ in range(12)]

    for some in (people[:1], people[:3], people):
        with django_assert_num_queries(5):
            found = queries.currencies_of_pay(world.kickoff, some)
        assert found == dict.fromkeys(some, "USD")


def test_comp_learns_full_years_in_the_currency_of_pay(world):
    rep, peer = world["rep"], world["peer"]
    rep.hire_date = date(2027, 4, 1)
    rep.save(update_fields=["hire_date"])
    paid_in(world, "rep", "EUR")
    paid_in(world, "peer", "USD")

    found = hooks.quotas_of(world.kickoff, [rep.pk, peer.pk])

    assert found == {rep.pk: D(1_000_000)}
