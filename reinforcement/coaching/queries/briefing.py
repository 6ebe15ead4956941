from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from agenda.clinics.queries import Sheet, sheets_about
from agenda.sessions.queries.released import Shown, day_for
from events.commitments.queries import PlanView, plan_of
from events.kickoff.models import Kickoff
from events.packets.delivery.queries import PacketState, packet_states
from events.prework.queries import prework_counts
from events.prework.rules import Progress
from events.questions.models import Topic
from people.accounts.models import Person
from people.waiting.queries import waiting_for
from reinforcement.campaigns.models import Activity
from reinforcement.coaching.models import CoachingNote
from reinforcement.coaching.queries.about import About, waiting_about
from reinforcement.learning.queries import Checks, checks
from reinforcement.touches.models import Touch

TICKED_SHOWN = timedelta(days=14)
TIMES_SHOWN = 3


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
    about: About
    packet: PacketState | None
    prework: Progress | None
    sessions: list[list[Shown]]  # that run or come next today, those of one time together
    certification: Touch | None
    days: list[int]
    topics: list[TopicScore]  # weakest first
    last_note: CoachingNote | None
    steps: list[CoachingNote]  # with a next step that is open, or was ticked lately
    plan: PlanView
    notes: int
    last_talk: date | None
    clinics: list[
        Sheet
    ]  # what clinics made of the rep's deals; none while RevOps has not confirmed

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
    What to ask a rep, what waits about them, where they stand, what was said last time: 17 queries
    and those of the truth. No scores while RevOps has not confirmed the manager. Notes and next
    steps are those of every kickoff.
    """
    touches = list(
        Touch.objects.of_kickoff(kickoff)
        .open()
        .filter(person=manager, about=rep)
        .select_related("activity", "person")
        .order_by("due_at", "pk")
    )
    kinds = Activity.Kind
    truth = waiting_for([manager, rep], at)
    taken = checks([] if rep.has_new_manager else [rep], kickoff)
    notes = list(
        CoachingNote.objects.written_by(manager)
        .filter(rep=rep)
        .with_step()
        .select_related("topic", "kickoff")
    )
    days = sorted(taken.scores.get(rep.pk, {}))
    today = kickoff.local_date(at)
    is_on = kickoff.starts_date <= today <= kickoff.ends_date
    return Briefing(
        rep=rep,
        follow_ups=[touch for touch in touches if touch.activity.kind == kinds.MANAGER_FOLLOW_UP],
        about=waiting_about(truth, manager, [rep])[rep.pk],
        packet=packet_states(kickoff, [rep.pk]).get(rep.pk),
        prework=prework_counts(kickoff, [rep.pk], at).get(rep.pk),
        sessions=_now_and_next(day_for(rep, kickoff, today), at) if is_on else [],
        certification=next((t for t in touches if t.activity.kind == kinds.CERTIFICATION), None),
        days=days,
        topics=_topic_scores(rep, days, taken),
        last_note=notes[0] if notes else None,
        steps=[note for note in notes if _is_fresh(note, at)],
        plan=plan_of(rep, kickoff, at, for_manager=True),
        notes=len(notes),
        last_talk=notes[0].happened_on if notes else None,
        clinics=[] if rep.has_new_manager else sheets_about(kickoff, [rep.pk]),
    )


def _now_and_next(day: list[Shown], at: datetime) -> list[list[Shown]]:
    left = [session for session in day if session.ends_at > at]
    at_once = [list(some) for _time, some in groupby(left, key=lambda session: session.starts_at)]
    return at_once[:TIMES_SHOWN]


def _is_fresh(note: CoachingNote, at: datetime) -> bool:
    ticked = note.step_done_at
    return bool(note.next_step) and (ticked is None or ticked > at - TICKED_SHOWN)


def _topic_scores(rep: Person, days: list[int], taken: Checks) -> list[TopicScore]:
    found = []
    for topic in Topic.objects.filter(pk__in=taken.names) if days else ():
        scores = [taken.topics[rep.pk, day].get(topic.pk) for day in days]
        known = [score for score in scores if score is not None]
        change = known[-1] - known[0] if len(known) > 1 else None
        found.append(TopicScore(topic, scores, change))
    return sorted(found, key=lambda one: (one.last, one.topic.name))
