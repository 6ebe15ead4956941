from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from events.packets.quotas.models import NewHireRule, PlanRate, QuotaNode, QuotaPlan
from events.packets.quotas.rules.figures import Figures
from events.rates.actions import note_rate
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
TUESDAY = datetime(2027, 1, 12, 9, tzinfo=UTC)


class QuotaPlanFactory(factory.django.DjangoModelFactory):
    """A target of 10,000,000 EUR for the calendar year 2027, 5% at each level, by headcount."""

    class Meta:
        model = QuotaPlan

    kickoff = factory.SubFactory(KickoffFactory)
    currency = "EUR"
    starts_date = date(2027, 1, 1)
    ends_date = date(2027, 12, 31)
    step = Decimal(1)
    rounding = QuotaPlan.Rounding.DECIMALS
    over_assignment = ["0.05"]
    basis = QuotaPlan.Basis.HEADCOUNT
    won_from_date = date(2026, 1, 1)
    won_to_date = date(2026, 12, 31)
    changed_at = MONDAY

    @classmethod
    def _create(cls, model_class, *args, target=10_000_000, **fields):
        plan = model_class(**fields)
        plan.write_target(Decimal(target))
        plan.save()
        return plan


class PlanRateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanRate

    plan = factory.SubFactory(QuotaPlanFactory)
    currency = "USD"
    rate = Decimal("1.1")
    as_of_date = date(2026, 12, 1)
    step = Decimal(1000)

    @classmethod
    def _create(cls, model_class, *args, rate, as_of_date, **fields):
        plan, currency = fields["plan"], fields["currency"]
        quoted = note_rate(
            kickoff=plan.kickoff,
            base=plan.currency,
            currency=currency,
            bought=rate,
            as_of_date=as_of_date,
        )
        return super()._create(model_class, *args, quoted=quoted, **fields)


class QuotaNodeFactory(factory.django.DjangoModelFactory):
    """1,000,000 in the plan's currency; `figures=` says otherwise."""

    class Meta:
        model = QuotaNode

    plan = factory.SubFactory(QuotaPlanFactory)
    person = factory.SubFactory(PersonFactory)
    changed_at = MONDAY

    @classmethod
    def _create(cls, model_class, *args, figures=None, amount=1_000_000, **fields):
        node = model_class(**fields)
        node.write(figures or Figures(Decimal(amount)))
        node.save()
        return node


class NewHireRuleFactory(factory.django.DjangoModelFactory):
    """900,000 EUR for account executives."""

    class Meta:
        model = NewHireRule

    plan = factory.SubFactory(QuotaPlanFactory)
    job_title = "Account executive"

    @classmethod
    def _create(cls, model_class, *args, standards=None, **fields):
        rule = model_class(**fields)
        if rule.share_of_median is None:
            rule.write(standards or {"EUR": Decimal(900_000)})
        rule.save()
        return rule


def team_of(kickoff, reps, manager=None, **fields):
    """A manager with some reps on a roster; returns manager and reps."""
    manager = manager or PersonFactory()
    AttendeeFactory(kickoff=kickoff, person=manager, kind="MANAGER")
    people = [PersonFactory(manager=manager, **fields) for _ in range(reps)]
    for person in people:
        AttendeeFactory(kickoff=kickoff, person=person)
    return manager, people
