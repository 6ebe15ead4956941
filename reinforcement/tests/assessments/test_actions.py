from datetime import timedelta

import pytest
from django.db import IntegrityError

from events.tests.factories import QuestionFactory, TopicFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory, PlannerFactory
from reinforcement.assessments import actions, queries
from reinforcement.assessments.models import Certification, Mark, Review
from reinforcement.assessments.rules import average, passed
from reinforcement.tests.factories import DAY_4, ActivityFactory, CampaignFactory, TouchFactory
from reinforcement.tests.learning.test_actions import finish, make_check

pytestmark = pytest.mark.django_db
GOOD, WEAK = (3, 3, 4), (3, 2, 4)


class Way:
    """A rep and their manager on the way to a certificate."""

    def __init__(self):
        self.world = build_world()
        campaign = CampaignFactory(kickoff=self.world.kickoff)
        self.topics = [TopicFactory(kickoff=campaign.kickoff) for _ in range(3)]
        for topic in self.topics:
            for _ in range(2):
                QuestionFactory(topic=topic, held_out=True)
        self.activity = ActivityFactory(
            campaign=campaign, kind="CERTIFICATION", question_count=5, day_offset=70
        )
        self.activity.topics.set(self.topics)
        self.rep, self.manager = self.world["rep"], self.world["manager"]
        self.check = TouchFactory(activity=self.activity, person=self.rep)
        self.to_mark = TouchFactory(activity=self.activity, person=self.manager, about=self.rep)

    def mark(self, scores, at=DAY_4, by=None):
        topics = sorted(topic.pk for topic in self.topics)
        return actions.score_behaviours(
            touch=self.to_mark,
            marks=dict(zip(topics, scores, strict=False)),
            by=by or self.manager,
            at=at,
        )


def test_80_percent_and_three_behaviours_seen_make_a_certificate_for_a_year():
    way = Way()
    finish(way.check, right=4)

    certification = way.mark(GOOD)

    way.to_mark.refresh_from_db()
    assert (certification.person, certification.score_percent) == (way.rep, 80)
    assert certification.expires_date == DAY_4.date() + timedelta(days=365)
    assert way.to_mark.done_at == DAY_4


def test_a_certificate_that_waits_for_the_score_is_issued_when_the_check_is_finished():
    way = Way()
    assert way.mark(GOOD) is None

    finish(way.check, right=5)

    assert Certification.objects.get().score_percent == 100


@pytest.mark.parametrize(("right", "marks"), [(3, GOOD), (5, WEAK)])
def test_a_score_under_80_or_a_behaviour_not_seen_gives_no_certificate(right, marks):
    way = Way()
    finish(way.check, right=right)

    assert way.mark(marks) is None
    assert not Certification.objects.exists()


def test_marking_twice_issues_one_certificate():
    way = Way()
    finish(way.check, right=5)

    issued = {way.mark(GOOD), way.mark((4, 4, 4), at=DAY_4 + timedelta(days=1))}

    assert issued == {Certification.objects.get()}


def test_after_it_expires_a_re_issue_is_a_new_row():
    way = Way()
    finish(way.check, right=5)
    first = way.mark(GOOD)

    later = DAY_4 + timedelta(days=366)
    second = way.mark(GOOD, at=later)

    assert second != first
    assert list(Certification.objects.valid(later.date())) == [second]


@pytest.mark.parametrize("scores", [(3, 3), (3, 3, 5), (0, 3, 3)])
def test_each_behaviour_needs_a_mark_from_1_to_4(scores):
    way = Way()

    with pytest.raises(actions.ReviewRefused, match="from 1 to 4"):
        way.mark(scores)


def test_only_the_reps_own_manager_marks():
    way = Way()

    with pytest.raises(actions.ReviewRefused, match="Only the rep’s manager"):
        way.mark(GOOD, by=way.world["other_manager"])


def test_marks_before_the_day_are_refused():
    way = Way()

    with pytest.raises(actions.ReviewRefused, match="not due"):
        way.mark(GOOD, at=DAY_4 - timedelta(days=1))


def test_what_is_no_certification_has_no_behaviours():
    touch = TouchFactory()

    with pytest.raises(actions.ReviewRefused, match="nobody"):
        actions.score_behaviours(touch=touch, marks={}, by=touch.person, at=DAY_4)


def test_the_candidates_of_a_manager_show_both_halves(django_assert_num_queries):
    way = Way()
    finish(way.check, right=3)
    way.mark(WEAK)

    with django_assert_num_queries(4):
        (candidate,) = queries.candidates(way.manager, way.world.kickoff, DAY_4)

    assert (candidate.score_percent, candidate.marks, candidate.certification) == (
        60,
        list(WEAK),
        None,
    )


def test_retention_is_the_average_of_finished_checks_with_how_many(django_assert_num_queries):
    check = make_check()
    kickoff = check.activity.campaign.kickoff
    finish(check, right=4)
    finish(TouchFactory(activity=check.activity), right=2)

    with django_assert_num_queries(1):
        averages = queries.retention(kickoff)

    assert (averages[30].mean, averages[30].n, averages[30].low) == (75, 2, None)
    (row,) = queries.retention_by_topic(kickoff, [0, 30])
    assert row.scores == [None, 75]


def test_beside_what_a_return_assumes_stands_what_five_people_or_more_knew(client):
    check = make_check()
    kickoff, planner = check.activity.campaign.kickoff, PlannerFactory()
    finish(check, right=4)
    assert queries.measured(kickoff, planner) is None
    for _ in range(4):
        finish(TouchFactory(activity=check.activity), right=4)

    found = queries.measured(kickoff, planner)

    assert found.text == "On day 30, 5 people knew 100% of what was asked."
    assert queries.measured(kickoff, check.person) is None
    client.force_login(planner)
    assert client.get(found.url).status_code == 200


def test_an_interval_is_given_from_five_people_on():
    assert average([]) is None
    assert average([50, 60, 70, 80]).low is None
    five = average([60, 70, 80, 90, 100])
    assert (round(five.low, 1), five.mean, round(five.high, 1)) == (66.1, 80, 93.9)


def test_passed_needs_every_behaviour_at_three():
    assert passed([3, 3, 3], 3) is True
    assert passed([3, 3], 3) is False
    assert passed([], 0) is False


def _review(way):
    return Review.objects.create(
        touch=way.to_mark, rep=way.rep, manager=way.manager, scored_at=DAY_4
    )


def test_a_mark_above_four_is_never_stored():
    way = Way()

    with pytest.raises(IntegrityError, match="mark_1_to_4"):
        Mark.objects.create(review=_review(way), topic=way.topics[0], score=5)


def test_a_certificate_under_80_percent_is_never_stored():
    way = Way()
    attempt = finish(way.check, right=3)

    with pytest.raises(IntegrityError, match="certification_80_percent"):
        Certification.objects.create(
            person=way.rep,
            activity=way.activity,
            attempt=attempt,
            review=_review(way),
            score_percent=79,
            issued_at=DAY_4,
            expires_date=DAY_4.date(),
        )


def test_nobody_reviews_themselves():
    touch, person = TouchFactory(), PersonFactory()

    with pytest.raises(IntegrityError, match="not_of_oneself"):
        Review.objects.create(touch=touch, rep=person, manager=person, scored_at=DAY_4)


def test_nobody_marks_or_reads_scores_before_revops_has_confirmed_them():
    way = Way()
    finish(way.check, right=4)
    way.rep.confirmed_manager = None
    way.rep.save(update_fields=["confirmed_manager"])

    with pytest.raises(actions.ReviewRefused, match="once RevOps has confirmed you"):
        way.mark(GOOD)

    (candidate,) = queries.candidates(way.manager, way.world.kickoff, DAY_4)
    assert (candidate.person, candidate.score_percent, candidate.marks) == (way.rep, None, [])
