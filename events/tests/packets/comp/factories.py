from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from events.packets.comp.models import CompPlan, PersonComp, PlanRole, RolePay, TermsEdition
from events.packets.comp.rules.comp import sole
from events.packets.comp.rules.design import PlanDesign, design_to_json
from events.packets.comp.rules.pay import Pay, title_key
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.tests.factories import KickoffFactory
from people.tests.factories import PersonFactory

D = Decimal
AT = datetime(2027, 1, 4, 9, tzinfo=UTC)
STANDARD = Plan(
    Basis.TV_MULTIPLIER, bands=(Band(D(0), D(1)), Band(D(1), D("1.5")), Band(D("1.25"), D(2)))
)
NAIVE = Plan(Basis.TV_MULTIPLIER, bands=(Band(D(0), D("0.5")), Band(D("0.5"), D(1))))


def design(plan=STANDARD, **parts):
    return PlanDesign(**{"measures": sole(plan, "New contracts"), "terms": "2027.1", **parts})


class CompPlanFactory(factory.django.DjangoModelFactory):
    """A ready plan for March 2027 to February 2028, for the job titles that are named."""

    class Meta:
        model = CompPlan
        skip_postgeneration_save = True

    kickoff = factory.SubFactory(KickoffFactory)
    name = factory.Sequence(lambda n: f"Plan {n}")
    starts_date = date(2027, 3, 1)
    ends_date = date(2028, 2, 29)
    design_json = factory.LazyFunction(lambda: design_to_json(design()))
    is_ready = True
    changed_at = AT

    @factory.post_generation
    def titles(self, create, extracted, **kwargs):
        for title in extracted or []:
            PlanRole.objects.create(
                plan=self, kickoff=self.kickoff, job_title=title, title_key=title_key(title)
            )


class _SealedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, base=84000, target=56000, **fields):
        row = model_class(**fields)
        cls._write(row, None if base is None else Pay(D(base), D(target)))
        row.save()
        return row


class RolePayFactory(_SealedFactory):
    class Meta:
        model = RolePay

    kickoff = factory.SubFactory(KickoffFactory)
    job_title = "Mid-market AE"
    title_key = factory.LazyAttribute(lambda pay: title_key(pay.job_title))
    currency = "EUR"

    @classmethod
    def _write(cls, row, pay):
        row.write(pay)


class PersonCompFactory(_SealedFactory):
    class Meta:
        model = PersonComp

    kickoff = factory.SubFactory(KickoffFactory)
    person = factory.SubFactory(PersonFactory)
    currency = "EUR"
    changed_at = AT

    @classmethod
    def _write(cls, row, pay):
        row.write(pay, reason="Agreed on hiring.")


class TermsEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TermsEdition

    code = factory.Sequence(lambda n: f"2030.{n}")
    clauses = factory.LazyFunction(
        lambda: {"en": [["When it is paid", "At the end of the month."]], "fr": [["Quand", "Fin."]]}
    )
    changed_at = AT
