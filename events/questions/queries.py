from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from events.bets.hooks import Serving
from events.kickoff.models import Kickoff
from events.questions.models import Question, Topic


def bank(kickoff: Kickoff) -> QuerySet[Question]:
    """The questions of a kickoff that may be asked."""
    return Question.objects.filter(topic__kickoff=kickoff, retired_at=None).select_related("topic")


def topics(kickoff: Kickoff) -> QuerySet[Topic]:
    """Topics of a kickoff with `practice` and `held`: how many questions each use has."""
    live = Q(questions__retired_at=None)
    return (
        Topic.objects.filter(kickoff=kickoff)
        .select_related("bet")
        .annotate(
            practice=Count("questions", filter=live & Q(questions__held_out=False)),
            held=Count("questions", filter=live & Q(questions__held_out=True)),
        )
    )


def serving_bets(kickoff: Kickoff) -> Iterator[Serving]:
    """The topics of a kickoff that belong to a big bet. One query."""
    for topic in Topic.objects.filter(kickoff=kickoff, bet__isnull=False):
        if topic.bet_id is not None:
            url = reverse("events:questions:topic_edit", args=[kickoff.slug, topic.pk])
            yield Serving(topic.bet_id, _("Topics"), topic.name, url)
