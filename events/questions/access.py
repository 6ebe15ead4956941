from django.http import Http404

from events.kickoff.access import kickoff_to_plan_or_404
from events.questions.models import Question, Topic
from people.accounts.models import Person


def question_or_404(person: Person, slug: str, question_id: int) -> Question:
    """
    A question of the bank for somebody who plans the kickoff.

    :raises Http404: there is none, it is retired, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    question = (
        Question.objects.filter(topic__kickoff=kickoff, pk=question_id, retired_at=None)
        .select_related("topic__kickoff")
        .first()
    )
    if question is None:
        raise Http404
    return question


def topic_or_404(person: Person, slug: str, topic_id: int) -> Topic:
    """
    A topic for somebody who plans the kickoff.

    :raises Http404: there is none, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    topic = Topic.objects.filter(kickoff=kickoff, pk=topic_id).first()
    if topic is None:
        raise Http404
    topic.kickoff = kickoff
    return topic
