"""The parts that a packet is drafted from: territory, quota and comp plan of one rep."""

from datetime import date

from events.attendance.models import Attendee
from events.packets.quotas.models import QuotaPlan
from events.tests.factories import AccountFactory, AttendeeFactory, SalesTerritoryFactory
from events.tests.packets.comp.factories import CompPlanFactory, RolePayFactory
from events.tests.packets.quotas.factories import (
    NewHireRuleFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
)
from people.tests.factories import PersonFactory

TITLE = "Mid-market AE"
YEAR = {"starts_date": date(2027, 3, 1), "ends_date": date(2028, 2, 29)}


def prepare_plans(kickoff):
    """A comp plan and pay for the title, and a quota plan with a rule for new hires."""
    CompPlanFactory(kickoff=kickoff, titles=[TITLE], **YEAR)
    RolePayFactory(kickoff=kickoff, job_title=TITLE)
    plan = QuotaPlanFactory(kickoff=kickoff, **YEAR)
    NewHireRuleFactory(plan=plan, job_title=TITLE)
    return plan


def rep_with_parts(kickoff, *, quota=1_000_000, territory=True, **person):
    """Somebody on the roster who has all that a packet is drafted from."""
    rep = PersonFactory(job_title=TITLE, **person)
    AttendeeFactory(kickoff=kickoff, person=rep)
    if quota:
        QuotaNodeFactory(plan=QuotaPlan.objects.get(kickoff=kickoff), person=rep, amount=quota)
    if territory:
        named = [AccountFactory(name=f"Halle aux Vins {rep.pk}")]
        SalesTerritoryFactory(kickoff=kickoff, owner=rep, named=named)
    assert Attendee.objects.filter(kickoff=kickoff, person=rep).count() == 1
    return rep
