import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.questions.models import Question, Topic
from events.tests.factories import KickoffFactory, QuestionFactory, TopicFactory
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(client):
    client.force_login(PlannerFactory())
    return TopicFactory()


def _url(topic, name="list", **kwargs):
    return reverse(f"events:questions:{name}", kwargs={"slug": topic.kickoff.slug, **kwargs})


def _form(topic, **changes):
    return {
        "topic": topic.pk,
        "text": "Who signs a renewal?",
        "choice_1": "The champion",
        "choice_3": "The CFO",
        "right": 3,
        "explanation": "Above €100,000 it is the CFO.",
        **changes,
    }


def test_a_planner_writes_a_question_and_empty_choices_are_left_out(client, topic):
    client.post(_url(topic, "create"), _form(topic, held_out="on"))

    question = Question.objects.get()
    assert [(c.text, c.is_right) for c in question.choices.all()] == [
        ("The champion", False),
        ("The CFO", True),
    ]
    assert question.held_out is True


def test_writing_another_keeps_the_topic(client, topic):
    answer = client.post(_url(topic, "create"), _form(topic, another=""))

    assert answer.url == f"{_url(topic, 'create')}?topic={topic.pk}"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"right": 2}, "Mark the one right choice"),
        ({"right": ""}, "Mark the one right choice"),
        ({"right": 7}, "not one of the available choices"),
        ({"choice_3": "the champion"}, "Two choices say the same"),
        ({"choice_3": "", "right": 1}, "at least two choices"),
        ({"text": ""}, "required"),
    ],
)
def test_what_cannot_be_asked_is_said_so_and_keeps_what_was_written(client, topic, changes, words):
    page = client.post(_url(topic, "create"), _form(topic, **changes)).content.decode()

    assert words in page
    assert "Above €100,000 it is the CFO." in page
    assert not Question.objects.exists()


def test_a_topic_of_another_kickoff_is_no_choice(client, topic):
    page = client.post(_url(topic, "create"), _form(TopicFactory()))

    assert page.status_code == 200
    assert not Question.objects.exists()


def test_the_first_question_asks_for_a_topic_first(client, topic):
    kickoff = KickoffFactory()
    answer = client.get(reverse("events:questions:create", kwargs={"slug": kickoff.slug}))

    assert answer.url.endswith("/topics/new/")


def test_a_topic_is_named_and_renamed(client, topic):
    client.post(_url(topic, "topic_create"), {"name": "Renewal pricing", "behaviour": "open it"})
    made = Topic.objects.get(name="Renewal pricing")
    client.post(_url(topic, "topic_edit", topic_id=made.pk), {"name": "Renewals"})

    made.refresh_from_db()
    assert made.name == "Renewals"


def test_a_question_that_is_no_longer_asked_leaves_the_list(client, topic):
    question = QuestionFactory(topic=topic)

    client.post(_url(topic, "retire", question_id=question.pk))

    assert question.text not in client.get(_url(topic)).content.decode()
    assert client.get(_url(topic, "edit", question_id=question.pk)).status_code == 404


def test_the_bank_asks_as_often_at_1_3_and_40_questions(client, topic):
    counts = []
    client.get(_url(topic))  # the first page of a session writes it down
    for wanted in (1, 2, 37):
        for _ in range(wanted):
            QuestionFactory(topic=topic)
        with CaptureQueriesContext(connection) as caught:
            client.get(_url(topic))
        counts.append(len(caught))

    assert len(set(counts)) == 1
