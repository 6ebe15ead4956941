from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from events.questions import actions
from events.questions.models import Choice, Question
from events.tests.factories import KickoffFactory, QuestionFactory, TopicFactory
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 11, 12, tzinfo=UTC)


def _add(topic, **changes):
    values = {
        "text": "Who signs a renewal above €100,000?",
        "choices": ["The CFO", "The champion", "Procurement"],
        "right": 0,
        "explanation": "The CFO signs.",
    }
    return actions.add_question(topic=topic, by=PlannerFactory(), at=AT, **(values | changes))


def test_a_question_keeps_its_choices_in_order_with_one_right():
    question = _add(TopicFactory(), right=1)

    assert [(c.text, c.is_right) for c in question.choices.all()] == [
        ("The CFO", False),
        ("The champion", True),
        ("Procurement", False),
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"choices": ["The CFO"]}, "at least two"),
        ({"choices": ["The CFO", "  "]}, "at least two"),
        ({"choices": list("abcdefg")}, "six choices at most"),
        ({"choices": ["The CFO", "the cfo "]}, "say the same"),
        ({"right": 3}, "one right choice"),
        ({"right": -1}, "one right choice"),
    ],
)
def test_a_question_needs_two_to_six_choices_that_differ_and_one_right(changes, reason):
    with pytest.raises(actions.QuestionRefused, match=reason):
        _add(TopicFactory(), **changes)

    assert Question.objects.count() == 0


def test_a_topic_has_each_question_once():
    topic = TopicFactory()
    _add(topic)

    with pytest.raises(actions.QuestionRefused, match="already"):
        _add(topic, text="who signs a renewal above €100,000?")


def test_two_right_choices_are_never_stored():
    question = QuestionFactory()

    with pytest.raises(IntegrityError):
        Choice.objects.create(question=question, position=4, text="Both", is_right=True)


def test_a_seventh_choice_is_never_stored():
    question = QuestionFactory()

    with pytest.raises(IntegrityError, match="events_choice_at_most_six"):
        Choice.objects.create(question=question, position=7, text="Seventh")


def test_new_words_retire_the_old_question_so_that_answers_stay_what_they_were():
    old = QuestionFactory()

    new = actions.change_question(
        question=old,
        topic=old.topic,
        text="Who signs here?",
        choices=["The CFO", "The champion"],
        right=0,
        by=PlannerFactory(),
        at=AT,
    )

    old.refresh_from_db()
    assert (old.retired_at, new.retired_at) == (AT, None)
    assert new.pk != old.pk
    assert list(Question.objects.for_practice()) == [new]


def test_a_new_explanation_changes_the_question_in_place():
    question = QuestionFactory()

    actions.change_question(
        question=question,
        topic=question.topic,
        text=question.text,
        choices=[choice.text for choice in question.choices.all()],
        right=0,
        explanation="Since FY28, the CFO signs.",
        held_out=True,
        by=PlannerFactory(),
        at=AT,
    )

    kept = Question.objects.get()
    assert (kept.explanation, kept.held_out) == ("Since FY28, the CFO signs.", True)


def test_a_topic_name_is_used_once_in_a_kickoff():
    topic = TopicFactory(name="Renewal pricing")

    with pytest.raises(actions.QuestionRefused, match="has a topic named"):
        actions.save_topic(
            kickoff=topic.kickoff, name="renewal pricing", by=PlannerFactory(), at=AT
        )
    actions.save_topic(kickoff=KickoffFactory(), name="Renewal pricing", by=PlannerFactory(), at=AT)
