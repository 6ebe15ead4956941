from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from reinforcement.campaigns.models import Activity
from reinforcement.coaching.models import CoachingNote
from reinforcement.learning.queries import Checks, checks
from reinforcement.touches.models import Touch


@dataclass(frozen=True, slots=True)
class TopicScore:
    """One topic of a rep's checks: percent by day, in the order of `Briefing.days`."""

    topic: Topic
    scores: list[int | None]
    change: int | None

    @property
    def known(self) -> list[int]:
        return [score for score in self.scores if score is not None]

    @property
    def first(self) -> int:
        return self.known[0]

    @property
    def last(self) -> int:
        return self.known[-1]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a manager reads before and during a 1:1."""

    rep: Person
    follow_ups: list[Touch]  # the manager's, about this rep: due ones first
    open_touches: list[Touch]  # the rep's own that are due
    done: int
    days: list[int]
    topics: list[TopicScore]  # weakest first
    last_note: CoachingNote | None
    notes: int

    @property
    def weakest(self) -> TopicScore | None:
        return self.topics[0] if self.topics else None

    @property
    def last_day(self) -> int | None:
        return self.days[-1] if self.days else None

    @property
    def next_follow_up(self) -> Touch | None:
        return self.follow_ups[0] if self.follow_ups else None


def briefing(manager: Person, rep: Person, kickoff: Kickoff, at: datetime) -> Briefing:
    """
    What to ask a rep, what is open, what was said last time; 5 queries. No scores while RevOps has
    not confirmed the manager.
    """
    touches = list(
        Touch.objects.of_kickoff(kickoff)
        .doable()
        .filter(Q(person=rep, about=None) | Q(person=manager, about=rep))
        .select_related("activity", "person")
        .order_by("due_at", "pk")
    )
    taken = checks([] if rep.has_new_manager else [rep], kickoff)
    notes = CoachingNote.objects.written_by(manager).filter(kickoff=kickoff, rep=rep)
    own = [touch for touch in touches if touch.person_id == rep.pk]
    days = sorted(taken.scores.get(rep.pk, {}))
    return Briefing(
        rep=rep,
        follow_ups=[
            touch
            for touch in touches
            if touch.about_id
            and touch.can_be_done
            and touch.activity.kind == Activity.Kind.MANAGER_FOLLOW_UP
        ],
        open_touches=[touch for touch in own if touch.is_open_at(at)],
        done=sum(touch.done_at is not None for touch in own),
        days=days,
        topics=_topic_scores(rep, days, taken),
        last_note=notes.select_related("topic").first(),
        notes=notes.count(),
    )


def _topic_scores(rep: Person, days: list[int], taken: Checks) -> list[TopicScore]:
    found = []
    for topic in Topic.objects.filter(pk__in=taken.names) if days else ():
        scores = [taken.topics[rep.pk, day].get(topic.pk) for day in days]
        known = [score for score in scores if score is not None]
        change = known[-1] - known[0] if len(known) > 1 else None
        found.append(TopicScore(topic, scores, change))
    return sorted(found, key=lambda one: (one.last, one.topic.name))
