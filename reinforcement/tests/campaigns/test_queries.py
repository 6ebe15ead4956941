from datetime import date

import pytest

from agenda.sessions.models import Session
from events.bets.models import BigBet
from events.kickoff.hooks import Severity
from events.tests.factories import AttendeeFactory, KickoffFactory, QuestionFactory, TopicFactory
from people.calendar.models import ClosingDay
from people.tests.factories import GONE, PersonFactory, PlannerFactory
from reinforcement.campaigns import actions, queries
from reinforcement.campaigns.queries import Counts
from reinforcement.campaigns.rules import Arrival
from reinforcement.tests.factories import STARTED, ActivityFactory, TouchFactory, noon
from reinforcement.touches.queries import counts as touch_counts

pytestmark = pytest.mark.django_db


def _touches(activity):
    TouchFactory(activity=activity, state="SENT", sent_at=noon(8), done_at=noon(9))
    TouchFactory(activity=activity, state="SENT", sent_at=noon(8))
    TouchFactory(activity=activity, state="SKIPPED", skip_reason="STALE")
    TouchFactory(activity=activity, state="SKIPPED", skip_reason="LEFT")
    TouchFactory(activity=activity, due_at=noon(20, 3), overdue_at=noon(25, 3))


def test_progress_counts_due_sent_done_and_overdue_by_activity():
    activity = ActivityFactory()
    _touches(activity)

    (row,) = queries.progress(activity.campaign.kickoff, noon(15))

    assert row.counts == Counts(planned=4, due=3, sent=2, done=1, overdue=2)
    assert row.date.isoformat() == "2027-02-08"


@pytest.mark.parametrize("gone", GONE)
def test_what_somebody_who_left_did_not_do_counts_nowhere_and_what_they_did_counts(gone):
    activity = ActivityFactory()
    sent = {"activity": activity, "state": "SENT", "sent_at": noon(8)}
    leaver = PersonFactory(**gone)
    TouchFactory(**sent, person=leaver)
    TouchFactory(**sent, about=leaver)
    TouchFactory(**sent)
    TouchFactory(**sent, person=PersonFactory(**gone), done_at=noon(9))
    kickoff = activity.campaign.kickoff

    counts = Counts(planned=2, due=2, sent=2, done=1, overdue=1)
    assert queries.progress(kickoff, noon(15))[0].counts == counts
    assert queries.campaign_counts(kickoff, noon(15))[30] == counts
    assert touch_counts(noon(15)) == {kickoff.slug: counts}


def test_campaign_counts_gather_what_lies_between_two_checkpoints():
    activity = ActivityFactory()
    _touches(activity)
    TouchFactory(activity=ActivityFactory(campaign=activity.campaign, day_offset=100))

    counts = queries.campaign_counts(activity.campaign.kickoff, noon(15))

    assert counts[30] == Counts(planned=4, due=3, sent=2, done=1, overdue=2)
    assert (counts[0], counts[90].planned) == (Counts(), 1)


def test_progress_asks_the_database_as_often_for_one_activity_as_for_many(
    django_assert_num_queries,
):
    activity = ActivityFactory()
    for _ in range(5):
        _touches(ActivityFactory(campaign=activity.campaign))

    with django_assert_num_queries(5):
        queries.progress(activity.campaign.kickoff, noon(15))
    with django_assert_num_queries(1):
        queries.campaign_counts(activity.campaign.kickoff, noon(15))


def test_the_plan_tells_on_which_days_an_activity_reaches_those_whom_it_is_for():
    activity = ActivityFactory(day_offset=9, segment_kind="REP")  # Sat 13 Feb, so Mon 15 Feb
    kickoff = activity.campaign.kickoff
    for country in ("PT", "PT", "US", ""):
        AttendeeFactory(kickoff=kickoff, person__country=country)
    AttendeeFactory(kickoff=kickoff, person__country="US", kind="MANAGER")
    ClosingDay.objects.create(date=date(2027, 2, 15), country="PT")

    plan = queries.plan(kickoff, noon(5))

    # Presidents' Day in the United States, and a day off for the Portuguese office
    assert plan.rows[0].days == [
        Arrival(date(2027, 2, 16), 3, ("PT", "US")),
        Arrival(date(2027, 2, 15), 1),
    ]
    assert plan.without_country == 1


def test_a_kickoff_without_a_plan_is_told_to_make_one():
    finding, *later = queries.check_readiness(KickoffFactory(), STARTED)
    assert {one.severity for one in later} == {Severity.LATER}

    assert finding.severity == Severity.IMPROVE
    assert finding.mend_url.endswith("/campaign/")


def test_checks_without_questions_are_found_until_there_are_enough():
    kickoff = KickoffFactory()
    actions.fill_plan(kickoff, PlannerFactory(), STARTED)

    before = [
        f.text for f in queries.check_readiness(kickoff, STARTED) if f.severity.needs_somebody
    ]
    topic = TopicFactory(kickoff=kickoff)
    for _ in range(8):
        QuestionFactory(topic=topic, held_out=True)
    after = [f.text for f in queries.check_readiness(kickoff, STARTED) if f.severity.needs_somebody]

    assert before == ["4 checks have too few questions."]
    assert after == []


def _texts(kickoff):
    return [finding.text for finding in queries.check_readiness(kickoff, STARTED)]


def _key_session(kickoff):
    bet = BigBet.objects.create(kickoff=kickoff, position=1, title="Renew from day one")
    session = Session.objects.create(kickoff=kickoff, type="WORKSHOP", title="Renewal pricing")
    session.bets.add(bet)
    return session


def test_a_key_session_is_found_until_an_activity_goes_back_to_it():
    kickoff = KickoffFactory()
    actions.fill_plan(kickoff, PlannerFactory(), STARTED)
    session = _key_session(kickoff)

    before = _texts(kickoff)
    kickoff.campaign.activities.filter(kind="MICROLEARNING").update(session=session)
    after = _texts(kickoff)

    assert "1 key session has no follow-up." in before
    assert "Each key session has a follow-up." in after


def test_questions_on_a_topic_of_its_bet_revisit_a_key_session_too():
    kickoff = KickoffFactory()
    actions.fill_plan(kickoff, PlannerFactory(), STARTED)
    session = _key_session(kickoff)
    topic = TopicFactory(kickoff=kickoff, bet=session.bets.get())

    kickoff.campaign.activities.filter(kind="MICROLEARNING").first().topics.add(topic)

    assert "Each key session has a follow-up." in _texts(kickoff)
