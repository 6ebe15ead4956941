from django.shortcuts import get_object_or_404

from events.kickoff.access import kickoff_to_plan_or_404
from events.questions.models import Question, Topic
from people.accounts.models import Person


def question_or_404(person: Person, slug: str, question_id: int) -> Question:
    """
    A question of the bank for somebody who plans the kickoff.

    :raises Http404: there is none, it is retired, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    return get_object_or_404(
        Question.objects.select_related("topic__kickoff"),
        topic__kickoff=kickoff,
        pk=question_id,
        retired_at=None,
    )


def topic_or_404(person: Person, slug: str, topic_id: int) -> Topic:
    """
    A topic for somebody who plans the kickoff.

    :raises Http404: there is none, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    topic = get_object_or_404(Topic, kickoff=kickoff, pk=topic_id)
    topic.kickoff = kickoff
    return topic
