"""A quiz, a text to acknowledge, a file to bring, a picture, a video: more pre-work of the kickoff to come."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from core.due.rules import end_of
from events.attendance.models import Attendee
from events.prework.actions import add_file
from events.prework.models import (
    AcceptedText,
    Assignment,
    PreworkItem,
    QuizAnswer,
    QuizTry,
    Watching,
)
from events.prework.queries import quiz_for
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

BODY = """# What we ask of you

- Travel the day before, and book by **12 December**.
- In the rooms, laptops are closed; phones are for votes.
- What customers say in a panel stays in the room.

| when | who to call |
|---|---|
| until you fly | your manager |
| in Lisbon | the desk in the lobby, day and night |
"""
BETS = """Each bet is a line across the year. The bar says by when we want to see it in the figures.

![The three bets: two new buyers in each open deal by month 6, renew from day one by month 12, lead with Coldline 4 by month 9](bets.png)

1. **Two new buyers in each open deal.** Every week: name one whom you have not met.
2. **Renew from day one.** Every month: say what the customer would lose.
3. **Lead with Coldline 4.** Every quarter: show it before the price.
"""
_FILES = Path(__file__).parent / "files"
_SECONDS = 24  # of the video
_KINDS: tuple[dict[str, Any], ...] = (
    {
        "kind": Assignment.Kind.ACCEPT,
        "title": "Acknowledge: how we are together",
        "body": BODY,
        "is_typed": True,
        "minutes": 3,
    },
    {
        "kind": Assignment.Kind.QUIZ,
        "title": "Quiz: what you know before you come",
        "instructions": "Five questions, two tries. What you miss comes back in practice.",
        "quiz_tries": 2,
        "minutes": 6,
        "is_optional": True,
    },
    {
        "kind": Assignment.Kind.UPLOAD,
        "title": "Upload: a proposal that you are proud of",
        "instructions": "Take out the names. The workshop on proposals begins from three of them.",
        "minutes": 5,
        "is_optional": True,
        "segment_kind": Attendee.Kind.REP,
    },
    {
        "kind": Assignment.Kind.WATCH,
        "title": "Watch: Coldline in half a minute",
        "instructions": "With captions, for the train. What ships when, and what does not.",
        "minutes": 1,
        "is_optional": True,
    },
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Assign them to the kickoff to come; a third has acknowledged, some have taken the quiz."""
    kickoff = kickoffs.ahead
    begun = min(now, kickoff.doors_open_at) - timedelta(days=6)
    for number, fields in enumerate(_KINDS):
        due_date = kickoff.starts_date - timedelta(days=9 - 2 * number)
        assignment = Assignment.objects.create(
            kickoff=kickoff,
            due_date=due_date,
            due_at=end_of(due_date, kickoff.zone),
            created_at=begun,
            published_at=begun,
            **fields,
        )
        roster = Attendee.objects.filter(kickoff=kickoff).taking_part(now).in_segment(assignment)
        items = PreworkItem.objects.bulk_create(
            PreworkItem(assignment=assignment, person_id=person_id, assigned_at=begun)
            for person_id in roster.order_by("person_id").values_list("person_id", flat=True)
        )
        done = [item for item in items[::3] if item.person_id != company["aicha"].pk]
        if assignment.kind == Assignment.Kind.ACCEPT:
            _accept(assignment, done, now)
        elif assignment.kind == Assignment.Kind.QUIZ:
            _answer(done[:12], now)
        elif assignment.kind == Assignment.Kind.WATCH:
            _watch(assignment, done[:9], company.planner, now)
    bets = Assignment.objects.get(kickoff=kickoff, kind=Assignment.Kind.READ)
    bets.body = BETS
    bets.save(update_fields=["body"])
    _add(bets, "bets.png", company.planner, begun)


def _add(assignment: Assignment, name: str, by: Person, at: datetime) -> None:
    upload = ContentFile((_FILES / name).read_bytes(), name)
    add_file(assignment=assignment, upload=upload, by=by, at=at)


def _watch(assignment: Assignment, items: list[PreworkItem], by: Person, now: datetime) -> None:
    """A video with captions; some have seen it, and the last of them a third of it."""
    for name in ("coldline.webm", "coldline.vtt"):
        _add(assignment, name, by, now - timedelta(days=6))
    for place, item in enumerate(items):
        seen_at = now - timedelta(hours=4 + place)
        is_done = item != items[-1]
        Watching.objects.create(
            item=item,
            spans=[[0, _SECONDS if is_done else _SECONDS // 3]],
            length_seconds=_SECONDS,
            resume_seconds=0 if is_done else _SECONDS // 3,
            reported_at=seen_at,
        )
        if is_done:
            item.state, item.done_at = PreworkItem.State.DONE, seen_at
            item.save(update_fields=["state", "done_at"])


def _accept(assignment: Assignment, items: list[PreworkItem], now: datetime) -> None:
    text = AcceptedText.objects.create(
        assignment=assignment, version=1, text=BODY.strip(), first_at=now - timedelta(days=5)
    )
    for place, item in enumerate(items):
        item.state, item.accepted = PreworkItem.State.DONE, text
        item.done_at = now - timedelta(hours=2 + place % 110)
        item.typed_name = item.person.full_name
    PreworkItem.objects.bulk_update(items, ["state", "accepted", "done_at", "typed_name"])


def _answer(items: list[PreworkItem], now: datetime) -> None:
    for place, item in enumerate(items):
        quiz = quiz_for(item)
        if quiz is None or not quiz.questions:
            continue
        # All right, or the second one wrong
        picks = [
            (question, question.choices.filter(is_right=not (n == 1 and place % 3 == 0)).first())
            for n, question in enumerate(quiz.questions)
        ]
        answers = [(question, choice) for question, choice in picks if choice]
        finished_at = now - timedelta(hours=3 + place)
        made = QuizTry.objects.create(
            item=item,
            number=1,
            right_count=sum(choice.is_right for _question, choice in answers),
            question_count=len(answers),
            finished_at=finished_at,
        )
        QuizAnswer.objects.bulk_create(
            QuizAnswer(quiz_try=made, question=question, choice=choice, is_right=choice.is_right)
            for question, choice in answers
        )
        if made.percent >= item.assignment.quiz_pass_percent:
            item.state, item.done_at = PreworkItem.State.DONE, finished_at
            item.save(update_fields=["state", "done_at"])
