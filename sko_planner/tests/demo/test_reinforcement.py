from datetime import UTC, datetime

import pytest

from core.due.ticks import run_tick
from people.mail.models import Message
from reinforcement.assessments.queries import retention
from reinforcement.campaigns.models import Campaign
from reinforcement.campaigns.queries import campaign_counts, check_readiness
from reinforcement.coaching.models import CoachingNote
from reinforcement.coaching.queries import team_overview
from reinforcement.touches.models import Touch

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_the_ended_kickoff_is_forty_days_into_its_campaign(demo):
    company, kickoffs = demo

    counts = campaign_counts(kickoffs.ended, NOON)
    averages = retention(kickoffs.ended)
    team = team_overview(company["soren"], kickoffs.ended, NOON)

    states = dict(Campaign.objects.values_list("kickoff__slug", "state"))
    assert [states[one.slug] for one in kickoffs.all] == ["RUNNING", "PLANNED", "PLANNED"]
    assert counts[0].due == counts[0].sent > counts[0].done > counts[0].overdue > 0
    assert set(averages) == {0, 30}
    assert averages[0].mean > averages[30].mean + 3
    assert len(team.rows) == 8
    assert team.rows[0].group == "overdue"
    assert team.weakest[0][0] == "Mapping the buying group"
    assert CoachingNote.objects.filter(manager=company["soren"]).count() > 8


def test_its_plan_is_ready_and_its_next_tick_sends_only_what_is_new(demo):
    _company, kickoffs = demo
    sent = Touch.objects.filter(state="SENT").count()

    run_tick(NOON)

    assert Touch.objects.filter(state="SENT").count() == sent
    assert not Message.objects.filter(key__startswith="touches:").exists()
    texts = [finding.text for finding in check_readiness(kickoffs.ended, NOON)]
    assert "4 checks have their questions." in texts
