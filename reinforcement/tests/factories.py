from datetime import UTC, date, datetime

import factory

from events.commitments.models import Commitment, Occurrence, Source
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.coaching.models import CoachingNote
from reinforcement.touches.models import Touch

# Day 0 of the factories' kickoff is Thu 4 Feb 2027 in Lisbon (WET, which is UTC in winter)
DAY_0 = date(2027, 2, 4)
STARTED = datetime(2027, 2, 5, 0, 5, tzinfo=UTC)
DAY_4 = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)  # a Monday


def noon(day: int, month: int = 2, hour: int = 12) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign
        django_get_or_create = ["kickoff"]

    kickoff = factory.SubFactory(KickoffFactory)
    state = Campaign.State.RUNNING
    starts_date = DAY_0
    started_at = STARTED


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Activity
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    kind = Activity.Kind.MICROLEARNING
    setting = factory.LazyAttribute(
        lambda made: "ONE_TO_ONE" if made.kind == Activity.Kind.MANAGER_FOLLOW_UP else ""
    )
    title = factory.Sequence(lambda n: f"Revisit {n}")
    body = "Read the main points again."
    day_offset = 4
    local_hour = 9
    changed_at = STARTED


class TouchFactory(factory.django.DjangoModelFactory):
    """A touch of somebody on the roster, waiting, due on day 4."""

    class Meta:
        model = Touch

    activity = factory.SubFactory(ActivityFactory)
    person = factory.LazyAttribute(
        lambda made: (
            AttendeeFactory(kickoff=made.activity.campaign.kickoff, person=PersonFactory()).person
        )
    )
    due_at = DAY_4
    overdue_at = datetime(2027, 2, 12, tzinfo=UTC)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoachingNote

    manager = factory.SubFactory(PersonFactory)
    rep = factory.SubFactory(PersonFactory, manager=factory.SelfAttribute("..manager"))
    kickoff = factory.SubFactory(KickoffFactory)
    happened_on = date(2027, 2, 22)
    went_well = "Agreed to ask for the CFO."
    private_note = "Leans on one champion."
    recorded_at = datetime(2027, 2, 22, 12, tzinfo=UTC)

    @classmethod
    def _create(cls, model_class, *args, next_step="", next_step_by=None, **kwargs):
        """`next_step` and `next_step_by` are a promise of the rep's to the manager."""
        if next_step:
            kwargs["step"] = Commitment.objects.create(
                kickoff=kwargs["kickoff"],
                person=kwargs["rep"],
                source=Source.ONE_TO_ONE,
                promised_to=kwargs["manager"],
                words=next_step,
                by_date=next_step_by,
                made_at=kwargs["recorded_at"],
            )
            Occurrence.objects.create(commitment=kwargs["step"], due_date=next_step_by)
        return super()._create(model_class, *args, **kwargs)
