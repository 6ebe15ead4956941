from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.kickoff.access import kickoff_to_plan_or_404
from events.questions.models import Question, Topic
from people.accounts.models import Person
from people.activity.models import Entry
from people.search.hooks import Found, Search


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


def find_questions(search: Search) -> Iterator[Found]:
    """
    Questions of the bank, for planners who wrote them: for anybody else, who may still be asked
    them, they are not to be come upon. One query.
    """
    if not search.person.is_planner:
        return
    written = Entry.objects.filter(
        actor=search.person,
        verb__in=["question.added", "question.changed"],
        object_label=Question._meta.label_lower,
        object_id=OuterRef("pk"),
    )
    questions = Question.objects.filter(Exists(written), retired_at=None).select_related(
        "topic__kickoff"
    )
    for question in search.among(questions.order_by("-pk"), "text", "topic__name"):
        ids = {"slug": question.topic.kickoff.slug, "question_id": question.pk}
        yield Found(
            kind=_("My questions"),
            label=question.text,
            detail=f"{question.topic} · {question.topic.kickoff}",
            url=reverse("events:questions:edit", kwargs=ids),
            icon="help-circle",
        )
