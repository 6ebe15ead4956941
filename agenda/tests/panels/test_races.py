"""Two who prepare or lead a panel at once; real row locks, so on PostgreSQL."""

import pytest

from agenda.panels import actions
from agenda.panels.actions import PanelRefused, QuestionWords
from agenda.panels.models import AudienceQuestion, Issue, PanelQuestion
from agenda.tests.panels.factories import ADDED, IssueFactory, PanelQuestionFactory
from core.tests.races import at_once
from people.tests.factories import PlannerFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def by():
    return {"by": PlannerFactory(), "at": ADDED}


def test_the_third_issue_is_taken_once_and_a_fourth_is_refused(by):
    session = IssueFactory().session
    IssueFactory(session=session, number=2)

    said = at_once(
        *(
            lambda words=words: actions.add_issue(session=session, words=words, **by)
            for words in ("Staying", "Leaving")
        ),
        refusals=PanelRefused,
    )

    assert sorted(isinstance(one, PanelRefused) for one in said) == [False, True]
    assert Issue.objects.count() == 3


def test_a_question_of_the_audience_that_two_take_in_at_once_is_asked_once(by):
    issue = IssueFactory()
    heard = actions.hear_question(session=issue.session, words="Why?", by=None, at=ADDED)
    said = QuestionWords(issue=issue, words="Why?")

    found = at_once(
        lambda: actions.merge_question(heard=heard, said=said, **by),
        times=2,
        refusals=PanelRefused,
    )

    assert sorted(isinstance(one, PanelRefused) for one in found) == [False, True]
    assert PanelQuestion.objects.count() == 1
    assert AudienceQuestion.objects.get().state == "MERGED"


def test_of_two_questions_begun_at_once_one_is_on(by):
    one = PanelQuestionFactory()
    other = PanelQuestionFactory(issue=one.issue, session=one.session)

    at_once(
        *(
            lambda question=question: actions.begin_question(question=question, **by)
            for question in (one, other)
        ),
        refusals=PanelRefused,
    )

    assert PanelQuestion.objects.filter(state="NOW").count() == 1
