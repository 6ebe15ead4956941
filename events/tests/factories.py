from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory

from events.attendance.models import Attendee
from events.deals.models import Account, Opportunity
from events.kickoff.models import Kickoff
from events.packets.comp.rules.comp import Comp, sole
from events.packets.comp.rules.payout import Basis, Plan
from events.packets.delivery.models import Packet, PacketApprover, PacketRelease, PacketVersion
from events.packets.delivery.rules.content import Content, Identity
from events.packets.delivery.rules.rows import DEFAULT_BANDS
from events.packets.quotas.rules.quota import spread, year_from
from events.packets.territories.models import SalesTerritory, TerritoryAccount
from events.packets.territories.rules.territory import Territory
from events.planning.models import PlanningTask, Workstream
from events.prework.models import Assignment, PreworkItem
from events.questions.models import Choice, Question, Topic
from events.strategies.models import Strategy
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory


class KickoffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Kickoff

    slug = factory.Sequence(lambda n: f"kickoff-{n}")
    name = factory.Sequence(lambda n: f"Kickoff {n}")
    fiscal_year = "FY28"
    starts_date = date(2027, 2, 2)
    ends_date = date(2027, 2, 4)
    city = "Lisbon"
    venue = "Centro Tejo"
    time_zone = "Europe/Lisbon"
    status = Kickoff.Status.OPEN
    owner = factory.SubFactory(PlannerFactory)


class AttendeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendee

    kickoff = factory.SubFactory(KickoffFactory)
    person = factory.SubFactory(PersonFactory)
    added_at = datetime(2026, 10, 1, tzinfo=UTC)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    kickoff = factory.SubFactory(KickoffFactory)
    name = factory.Sequence(lambda n: f"Topic {n}")
    behaviour = "map the buying group"


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question with three choices, the first of them right."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    topic = factory.SubFactory(TopicFactory)
    text = factory.Sequence(lambda n: f"Who signs at customer {n}?")
    explanation = "The buying group names who signs."
    created_at = datetime(2026, 10, 1, tzinfo=UTC)

    @factory.post_generation
    def choices(self, create, extracted, **kwargs):
        texts = extracted or ["The chief financial officer", "The champion", "Nobody yet"]
        Choice.objects.bulk_create(
            Choice(question=self, position=n + 1, text=text, is_right=n == 0)
            for n, text in enumerate(texts)
        )


class PlanningTaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanningTask

    kickoff = factory.SubFactory(KickoffFactory)
    workstream = Workstream.LOGISTICS
    title = factory.Sequence(lambda n: f"Task {n}")
    offset = 4
    own_date = None
    due_date = factory.LazyAttribute(lambda task: task.own_date or date(2027, 1, 5))
    created_at = datetime(2026, 8, 1, tzinfo=UTC)


class AssignmentFactory(factory.django.DjangoModelFactory):
    """Assigned pre-work, due at the end of Friday 15 January 2027 in Lisbon; nobody has it yet."""

    class Meta:
        model = Assignment

    kickoff = factory.SubFactory(KickoffFactory)
    kind = Assignment.Kind.READ
    title = factory.Sequence(lambda n: f"Pre-work {n}")
    due_date = date(2027, 1, 15)
    due_at = datetime(2027, 1, 16, tzinfo=UTC)
    created_at = datetime(2026, 12, 1, tzinfo=UTC)
    published_at = datetime(2026, 12, 14, tzinfo=UTC)


class PreworkItemFactory(factory.django.DjangoModelFactory):
    """What somebody has to do who is on the roster."""

    class Meta:
        model = PreworkItem
        skip_postgeneration_save = True

    assignment = factory.SubFactory(AssignmentFactory)
    person = factory.SubFactory(PersonFactory)
    assigned_at = datetime(2026, 12, 14, tzinfo=UTC)

    @factory.post_generation
    def on_roster(self, create, extracted, **kwargs):
        kickoff = self.assignment.kickoff
        if not kickoff.attendees.filter(person=self.person).exists():
            AttendeeFactory(kickoff=kickoff, person=self.person)


def packet_content(**changes: Any) -> Content:
    """What a packet says: 900,000 EUR of quota, 84,000 base and 56,000 variable."""
    starts = changes.pop("effective_from", date(2027, 3, 1))
    ends = changes.pop("effective_to", year_from(starts))
    quota = Decimal(changes.pop("quota", "900000"))
    comp = Comp(
        base=Decimal(changes.pop("base", "84000")),
        target_variable=Decimal(changes.pop("target_variable", "56000")),
        measures=changes.pop("measures", None)
        or sole(changes.pop("plan", Plan(Basis.TV_MULTIPLIER, bands=DEFAULT_BANDS))),
        terms="2027.1",
    )
    defaults = {
        "currency": "EUR",
        "identity": Identity("Aïcha Benyahia", "Mid-market AE", "Søren Lindqvist", "EMEA"),
        "territory": Territory(
            "France and Belgium", "200 to 2,000 staff", ("Marsanne Logistique", "Halle aux Vins")
        ),
    }
    return Content(
        effective_from=starts,
        effective_to=ends,
        quota=spread(quota, starts, ends),
        comp=comp,
        **{**defaults, **changes},
    )


class PacketFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Packet

    kickoff = factory.SubFactory(KickoffFactory)
    rep = factory.SubFactory(PersonFactory)
    created_at = datetime(2027, 1, 4, 9, tzinfo=UTC)


class PacketApproverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PacketApprover

    kickoff = factory.SubFactory(KickoffFactory)
    person = factory.SubFactory(PersonFactory)
    kind = "FINANCE"
    named_by = factory.SubFactory(RevOpsFactory)
    named_at = datetime(2027, 1, 4, 9, tzinfo=UTC)


class PacketReleaseFactory(factory.django.DjangoModelFactory):
    """A release that waits until Wednesday of the kickoff, 14:00 in Lisbon."""

    class Meta:
        model = PacketRelease

    kickoff = factory.SubFactory(KickoffFactory)
    by = factory.SubFactory(RevOpsFactory)
    at = datetime(2027, 1, 5, 9, tzinfo=UTC)
    scope = "All that is approved"
    due_at = datetime(2027, 2, 3, 14, tzinfo=UTC)


class PacketVersionFactory(factory.django.DjangoModelFactory):
    """A released version; `state=` and `content=` say otherwise."""

    class Meta:
        model = PacketVersion

    packet = factory.SubFactory(PacketFactory)
    number = 1
    state = PacketVersion.State.RELEASED
    drafted_at = datetime(2027, 1, 4, 9, tzinfo=UTC)

    @classmethod
    def _create(cls, model_class, *args, content=None, **fields):
        times = {
            "released_at": datetime(2027, 1, 5, 9, tzinfo=UTC),
            "viewed_at": datetime(2027, 1, 6, 9, tzinfo=UTC),
            "received_at": datetime(2027, 1, 7, 9, tzinfo=UTC),
        }
        state = fields["state"]
        known = {
            "DRAFT": 0, "APPROVED": 0, "RELEASED": 1, "SUPERSEDED": 1, "EXPIRED": 1, "VIEWED": 2,
            "RECEIVED": 3, "ACCEPTED": 3, "DECLINED": 3, "RECALLED": 2,
        }[state]  # fmt: skip
        if state == "RECALLED":
            fields.setdefault("recalled_at", datetime(2027, 1, 8, 9, tzinfo=UTC))
        fields = {**dict(list(times.items())[:known]), **fields}
        version = model_class(**fields)
        released_at, version.released_at = version.released_at, None
        version.write(content or packet_content())
        version.released_at = released_at
        version.save()
        return version


class OpportunityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Opportunity

    external_id = factory.Sequence(lambda n: f"OPP{n}")
    owner = factory.SubFactory(PersonFactory)
    stage = Opportunity.Stage.ENGAGING
    engage_date = date(2026, 10, 1)
    currency = "USD"
    imported_at = datetime(2026, 11, 1, tzinfo=UTC)


class StrategyFactory(factory.django.DjangoModelFactory):
    """A win strategy that its rep has begun, for an open deal of theirs."""

    class Meta:
        model = Strategy

    item = factory.SubFactory(PreworkItemFactory, assignment__kind="STRATEGY")
    place = 1
    deal = factory.SubFactory(OpportunityFactory, owner=factory.SelfAttribute("..item.person"))
    changed_at = datetime(2027, 1, 4, tzinfo=UTC)


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account

    name = factory.Sequence(lambda n: f"Account {n:03}")


class SalesTerritoryFactory(factory.django.DjangoModelFactory):
    """A territory of AEs in the hands of a rep on the roster; `named=` and `excluded=` accounts."""

    class Meta:
        model = SalesTerritory
        skip_postgeneration_save = True

    kickoff = factory.SubFactory(KickoffFactory)
    name = factory.Sequence(lambda n: f"Territory {n:03}")
    owner = factory.SubFactory(PersonFactory)
    created_at = datetime(2026, 12, 1, tzinfo=UTC)
    changed_at = datetime(2026, 12, 1, tzinfo=UTC)

    @factory.post_generation
    def on_roster(self, create, extracted, **kwargs):
        if self.owner is not None and extracted is not False:
            known = {"kickoff": self.kickoff, "person": self.owner}
            Attendee.objects.get_or_create(**known, defaults={"added_at": self.created_at})

    @factory.post_generation
    def named(self, create, extracted, **kwargs):
        TerritoryAccount.objects.bulk_create(
            TerritoryAccount(territory=self, account=each) for each in extracted or ()
        )

    @factory.post_generation
    def excluded(self, create, extracted, **kwargs):
        TerritoryAccount.objects.bulk_create(
            TerritoryAccount(territory=self, account=each, is_excluded=True)
            for each in extracted or ()
        )
