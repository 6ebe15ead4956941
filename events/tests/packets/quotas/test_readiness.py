"""What planners hear of quotas: who has none, and no figure."""

import pytest

from events.kickoff.hooks import Severity
from events.packets.quotas.queries.readiness import check_readiness
from events.tests.factories import AttendeeFactory
from events.tests.packets.quotas.factories import MONDAY, QuotaNodeFactory, QuotaPlanFactory

pytestmark = pytest.mark.django_db


def test_reps_who_joined_after_the_cascade_are_counted(django_assert_num_queries):
    plan = QuotaPlanFactory()
    people = [AttendeeFactory(kickoff=plan.kickoff).person for _ in range(3)]
    (early,) = check_readiness(plan.kickoff, MONDAY)
    assert early.severity == Severity.LATER

    QuotaNodeFactory(plan=plan, person=people[0])
    with django_assert_num_queries(1):
        (finding,) = check_readiness(plan.kickoff, MONDAY)
    assert (finding.severity, finding.text) == (Severity.IMPROVE, "2 reps have no quota.")
    assert finding.mend_url == ""

    for person in people[1:]:
        QuotaNodeFactory(plan=plan, person=person)
    (met,) = check_readiness(plan.kickoff, MONDAY)
    assert met.severity == Severity.MET
