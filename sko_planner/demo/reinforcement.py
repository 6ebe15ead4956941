"""The 90 days of Meridane's kickoffs: a bank of questions, a plan, and forty days lived through."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import F

from agenda.sessions.models import Session
from events.bets.models import BigBet
from events.commitments.models import Commitment, Occurrence, Source
from events.kickoff.models import Kickoff
from events.questions.models import Choice, Question, Topic
from people.accounts.models import Person
from reinforcement.campaigns.actions import fill_plan, start_campaign
from reinforcement.campaigns.models import Activity
from reinforcement.coaching.models import CoachingNote
from reinforcement.learning.models import Answer, Attempt
from reinforcement.learning.rules import draw, percent
from reinforcement.touches.actions import plan_touches
from reinforcement.touches.models import Touch
from sko_planner.demo.asked import Subject
from sko_planner.demo.bank import SUBJECTS
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.notes import NOTES
from sko_planner.demo.people import Company

_Kind, _Setting = Activity.Kind, Activity.Setting
_BATCH = 1000
_CHECK_QUESTIONS = 10

# Day of the plan → session it goes back to, the topics of its questions, what to read first
LESSONS = {
    4: (
        "One year, three bets",
        (),
        "Two new buyers in each open deal. Renew from day one. Lead with Coldline 4. Say each in "
        "one sentence of your own, then answer.",
    ),
    18: (
        "Map the buying group",
        ("Mapping the buying group", "Answering Frostline"),
        "Draw the map of one open deal: who signs, who uses it, who loses something. Put a cross "
        "on everybody whom you have not met.",
    ),
    47: (
        "Renewal pricing, hands-on",
        ("Renewal pricing", "Pricing and packaging"),
        "Think of the customer who renews next. What have they gained, in their own figures, and "
        "with what number do you open?",
    ),
    77: (
        "Coldline 4, live on a real route",
        ("Coldline 4: whom it is for",),
        "A warehouse that knows of a warm pallet before the driver does: whose budget feels it? "
        "Recall how it looked on the route, then answer.",
    ),
}

# Right answers out of ten on day 0 and day 30 of those who are known by name; None: missed it
KNOWN: dict[str, tuple[int | None, int | None]] = {
    "nikos": (7, 5),
    "thabo": (8, 6),
    "dana": (8, None),
    "aicha": (9, 8),
    "lukasz": (8, 7),
    "olha": (9, 9),
    "emre": (8, 8),
    "siobhan": (9, 9),
}
# Weak first by topic on day 30, so that a 1:1 has something to start from
_SHARE_RIGHT = {0: 0.83, 30: 0.74}
_DONE = {_Kind.MICROLEARNING: 0.82, _Kind.RETENTION_CHECK: 0.91, _Kind.MANAGER_FOLLOW_UP: 0.72}


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Fill the three plans; live the ended kickoff's campaign up to now."""
    for kickoff in kickoffs.all:
        topics = _bank(kickoff, now)
        _plan(kickoff, topics, company.planner, now)
    _Campaign(kickoffs.ended, company, rng, now).live()


def _bank(kickoff: Kickoff, now: datetime) -> dict[str, Topic]:
    bets = {bet.position: bet for bet in BigBet.objects.filter(kickoff=kickoff)}
    topics = Topic.objects.bulk_create(
        Topic(
            kickoff=kickoff,
            name=subject.name,
            bet=bets.get(subject.bet),
            behaviour=subject.behaviour,
            prompts="\n".join(subject.prompts),
        )
        for subject in SUBJECTS
    )
    by_name = {topic.name: topic for topic in topics}
    for subject in SUBJECTS:
        _questions(by_name[subject.name], subject, now)
    return by_name


def _questions(topic: Topic, subject: Subject, now: datetime) -> None:
    asked = [(one, False) for one in subject.practice] + [(one, True) for one in subject.held]
    questions = Question.objects.bulk_create(
        Question(topic=topic, text=one.text, explanation=one.why, held_out=held, created_at=now)
        for one, held in asked
    )
    choices = []
    for n, (question, (one, _held)) in enumerate(zip(questions, asked, strict=True)):
        turn = n % len(one.choices)  # the right one stands first as often as last
        for position, text in enumerate((*one.choices[turn:], *one.choices[:turn]), start=1):
            choices.append(
                Choice(
                    question=question,
                    position=position,
                    text=text,
                    is_right=text == one.choices[0],
                )
            )
    Choice.objects.bulk_create(choices)


def _plan(kickoff: Kickoff, topics: dict[str, Topic], planner: Person, now: datetime) -> None:
    fill_plan(kickoff, planner, now)
    plan = Activity.objects.filter(campaign__kickoff=kickoff)
    for day, (title, names, body) in LESSONS.items():
        session = Session.objects.filter(kickoff=kickoff, title=title).first()
        lesson = plan.get(day_offset=day, kind=_Kind.MICROLEARNING)
        lesson.session = session
        lesson.title = f"Revisit: {session.title}" if session else lesson.title
        lesson.body = body
        lesson.save(update_fields=["session", "title", "body"])
        lesson.topics.set(topics[name] for name in names)
    plan.filter(kind=_Kind.RETENTION_CHECK).update(question_count=_CHECK_QUESTIONS)
    certification = plan.get(kind=_Kind.CERTIFICATION)
    certification.topics.set(topics[subject.name] for subject in SUBJECTS[:3])


@dataclass
class _Campaign:
    """Forty days of one kickoff, written as they would have been lived."""

    kickoff: Kickoff
    company: Company
    rng: random.Random
    now: datetime
    keen: dict[int, float] = field(default_factory=dict)

    def live(self) -> None:
        campaign = start_campaign(kickoff=self.kickoff, at=self.kickoff.closes_at)
        plan_touches(campaign=campaign, at=self.kickoff.closes_at)
        touches = list(
            Touch.objects.of_kickoff(self.kickoff)
            .filter(due_at__lte=self.now)
            .select_related("activity", "person")
            .order_by("due_at", "pk")
        )
        for touch in touches:
            touch.done_at = self._done_at(touch)
        self._known(touches)
        done = [touch for touch in touches if touch.done_at]
        self._store(done)
        _Quizzes(self.kickoff, self.company, self.rng).answer(done)
        self._notes([t for t in done if t.activity.setting == _Setting.ONE_TO_ONE])

    def _store(self, done: Iterable[Touch]) -> None:
        due = Touch.objects.of_kickoff(self.kickoff).filter(due_at__lte=self.now)
        due.update(state=Touch.State.SENT, sent_at=F("due_at"))
        moment = connection.ops.adapt_datetimefield_value
        rows = [(moment(touch.done_at), touch.pk) for touch in done]
        # By the driver: for 5,000 people `bulk_update` takes a minute
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE reinforcement_touch SET done_at = %s WHERE id = %s", rows)

    def _done_at(self, touch: Touch) -> datetime | None:
        """When it was done: mostly in time, sometimes late, sometimes not yet."""
        person = touch.person_id
        keen = self.keen.setdefault(person, self.rng.uniform(-0.12, 0.12))
        if self.rng.random() > _DONE[_Kind(touch.activity.kind)] + keen:
            return None
        days = touch.activity.days_to_do
        took = timedelta(minutes=self.rng.triangular(4, days * 24 * 60 * 1.2, 90))
        at = touch.due_at + took
        return at if at < self.now else None

    def _known(self, touches: Iterable[Touch]) -> None:
        """The team that the manager's page is drawn with: who missed what, who is late."""
        handles = {self.company[handle].pk: handle for handle in KNOWN}
        manager = self.company["soren"].pk
        for touch in touches:
            handle = handles.get(touch.about_id or touch.person_id)
            if handle is None:
                continue
            day, kind = touch.activity.day_offset, touch.activity.kind
            if kind == _Kind.RETENTION_CHECK:
                taken = KNOWN[handle][1 if day else 0] is not None
                touch.done_at = self._soon_after(touch) if taken else None
            elif touch.person_id == manager:
                touch.done_at = None if (handle, day) == ("nikos", 33) else self._soon_after(touch)
            else:
                late = handle == "thabo" and day == 18
                touch.done_at = None if late else self._soon_after(touch)

    def _soon_after(self, touch: Touch) -> datetime | None:
        at = touch.due_at + timedelta(hours=self.rng.uniform(1, 30))
        return at if at < self.now else None

    def _notes(self, talks: Iterable[Touch]) -> None:
        topics = {topic.name: topic for topic in Topic.objects.filter(kickoff=self.kickoff)}
        written: Counter[int] = Counter()
        notes: dict[tuple[int, date], CoachingNote] = {}
        for touch in talks:
            if touch.done_at is None or touch.about_id is None:
                continue
            written[touch.person_id] += 1
            turn = touch.person_id + 3 * written[touch.person_id]
            topic, went_well, step, private = NOTES[turn % len(NOTES)]
            day = touch.done_at.date()
            by = day + timedelta(days=self.rng.randint(5, 12))
            # Most steps are taken on the day that was agreed; one in six waits still
            ticked = datetime.combine(by, time(16), tzinfo=UTC)
            done = ticked if ticked < self.now and self.rng.random() < 5 / 6 else None
            note = notes[touch.about_id, day] = CoachingNote(
                manager_id=touch.person_id,
                rep_id=touch.about_id,
                kickoff=self.kickoff,
                happened_on=day,
                topic=topics[topic],
                score=self.rng.choices((1, 2, 3, 4), (1, 4, 4, 1))[0],
                went_well=went_well,
                private_note=private,
                recorded_at=touch.done_at,
            )
            note.step = _step(note, step, by, done)
        CoachingNote.objects.bulk_create(notes.values(), batch_size=_BATCH)


def _step(note: CoachingNote, words: str, by: date, done: datetime | None) -> Commitment:
    """What was agreed in a 1:1: a promise of the rep's to their manager."""
    made = Commitment.objects.create(
        kickoff=note.kickoff,
        person_id=note.rep_id,
        source=Source.ONE_TO_ONE,
        promised_to_id=note.manager_id,
        words=words,
        by_date=by,
        made_at=note.recorded_at,
    )
    Occurrence.objects.create(
        commitment=made,
        due_date=by,
        state=Occurrence.State.DONE if done else Occurrence.State.OPEN,
        settled_at=done,
        settled_by_id=note.rep_id if done else None,
    )
    return made


class _Quizzes:
    """The attempts and answers behind touches that are done."""

    def __init__(self, kickoff: Kickoff, company: Company, rng: random.Random) -> None:
        self.rng = rng
        self.known = {company[handle].pk: right for handle, right in KNOWN.items()}
        self.pools: dict[bool, dict[int, list[int]]] = {True: {}, False: {}}
        self.topic_of: dict[int, int] = {}
        for question in Question.objects.filter(topic__kickoff=kickoff).order_by("pk"):
            pool = self.pools[question.held_out]
            pool.setdefault(question.topic_id, []).append(question.pk)
            self.topic_of[question.pk] = question.topic_id
        self.right: dict[int, int] = {}
        self.wrong: dict[int, list[int]] = {}
        for choice in Choice.objects.filter(question__topic__kickoff=kickoff):
            if choice.is_right:
                self.right[choice.question_id] = choice.pk
            else:
                self.wrong.setdefault(choice.question_id, []).append(choice.pk)
        self.topics = {
            activity.pk: [topic.pk for topic in activity.topics.all()]
            for activity in Activity.objects.filter(campaign__kickoff=kickoff).prefetch_related(
                "topics"
            )
        }
        self.seen: dict[int, set[int]] = {}
        self.weak = SUBJECTS[0].name
        self.weak_topic = Topic.objects.get(kickoff=kickoff, name=self.weak).pk

    def answer(self, touches: Iterable[Touch]) -> None:
        rows = [(touch, self._questions(touch)) for touch in touches if touch.activity.has_quiz]
        marks = [self._marks(touch, questions) for touch, questions in rows]
        attempts = Attempt.objects.bulk_create(
            [
                Attempt(
                    touch=touch,
                    person_id=touch.person_id,
                    once=touch.activity.kind == _Kind.RETENTION_CHECK,
                    started_at=_began(touch),
                    finished_at=touch.done_at,
                    score_percent=percent(sum(marked), len(marked)),
                )
                for (touch, _questions), marked in zip(rows, marks, strict=True)
            ],
            batch_size=_BATCH,
        )
        Answer.objects.bulk_create(
            (
                answer
                for attempt, (_touch, questions), marked in zip(attempts, rows, marks, strict=True)
                for answer in self._answers(attempt, questions, marked)
            ),
            batch_size=_BATCH,
        )

    def _questions(self, touch: Touch) -> list[int]:
        pool = self.pools[touch.activity.kind != _Kind.MICROLEARNING]
        chosen = self.topics[touch.activity_id]
        narrowed = {topic: pool[topic] for topic in chosen} if chosen else pool
        seen = self.seen.setdefault(touch.person_id, set())
        drawn = draw(narrowed, touch.activity.question_count, frozenset(seen), f"{touch.pk}:1")
        seen.update(drawn)
        return drawn

    def _marks(self, touch: Touch, questions: list[int]) -> list[bool]:
        day = touch.activity.day_offset
        if touch.activity.kind == _Kind.RETENTION_CHECK and touch.person_id in self.known:
            wanted = self.known[touch.person_id][1 if day else 0] or 0
            return self._exactly(questions, wanted, weak=day > 0)
        share = _SHARE_RIGHT.get(day, 0.86)
        weak = 0.16 if day else 0.0
        return [
            self.rng.random()
            < share - (weak if self.topic_of[one] == self.weak_topic else -weak / 4)
            for one in questions
        ]

    def _exactly(self, questions: list[int], wanted: int, *, weak: bool) -> list[bool]:
        """So many right; where a topic is weak, one that is wrong belongs to it."""
        order = questions.copy()
        self.rng.shuffle(order)
        if weak:
            first = next(one for one in order if self.topic_of[one] == self.weak_topic)
            order.remove(first)
            order.append(first)
        right = set(order[:wanted])
        return [one in right for one in questions]

    def _answers(
        self, attempt: Attempt, questions: list[int], marks: list[bool]
    ) -> Iterator[Answer]:
        for n, (question, is_right) in enumerate(zip(questions, marks, strict=True), start=1):
            yield Answer(
                attempt=attempt,
                position=n,
                question_id=question,
                choice_id=self.right[question]
                if is_right
                else self.rng.choice(self.wrong[question]),
                is_right=is_right,
                answered_at=attempt.finished_at,
            )


def _began(touch: Touch) -> datetime:
    return (touch.done_at or touch.due_at) - timedelta(minutes=3)
