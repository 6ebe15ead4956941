"""What a room sees of a review: how many guessed what, and, once shown, what the buyer said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agenda.reviews.models import GuessCount, Guesser, Review
from agenda.reviews.queries.records import Compared, compare, records_of
from agenda.reviews.rules import parts
from agenda.reviews.rules.parts import NAMES, NEXT, Part
from agenda.reviews.rules.reasons import FEWEST, Reason, label
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Bar:
    """How many guessed one reason; `is_truth` once the room may know it."""

    name: str
    votes: int
    is_truth: bool


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many guessed. `bars` are empty while guesses are open, and where fewer than five did."""

    total: int
    bars: Sequence[Bar]
    right: int | None


@dataclass(frozen=True, slots=True)
class Beat:
    """A part of a review with when it began, else when it is planned to: `state` is past, here or ahead."""

    name: str
    at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Room:
    """A review as its room sees it."""

    review: Review
    guesses: Guesses
    compared: Compared | None
    beats: Sequence[Beat]
    next_words: str


def guesses_of(review: Review, truth: str) -> Guesses:
    """What the room guessed. One query."""
    votes = dict(GuessCount.objects.filter(review=review).values_list("reason", "votes"))
    total = sum(votes.values())
    if review.part < Part.TOLD or total < FEWEST:
        return Guesses(total, [], None)
    shown = truth if review.shows_truth else ""
    bars = [
        Bar(label(one, won=review.is_won), votes.get(one, 0), one == shown)
        for one in Reason
        if votes.get(one) or one != Reason.UNKNOWN
    ]
    bars.sort(key=lambda bar: -bar.votes)
    return Guesses(total, bars, votes.get(shown, 0) if shown else None)


def beats_of(review: Review, siblings: Sequence[int]) -> list[Beat]:
    """The four parts with their times. `siblings` are the ids of the session's reviews in order. No query."""
    session = review.session
    plan = {}
    if session and session.starts_at:
        place = siblings.index(review.pk) if review.pk in siblings else 0
        plan = parts.planned(
            session.starts_at, session.duration_minutes, place, max(len(siblings), 1)
        )
    return [
        Beat(
            str(name),
            review.began(part) or plan.get(part),
            "here" if part == review.part else "past" if part < review.part else "",
        )
        for part, name in NAMES.items()
    ]


def siblings_of(review: Review) -> list[int]:
    """The ids of the reviews of a session, in order. One query."""
    if review.session is None:
        return [review.pk]
    return list(Review.objects.filter(session=review.session).values_list("pk", flat=True))


def running_in(session_id: int) -> Review | None:
    """The review that a session is at: the one begun last that is not over. One query."""
    begun = Review.objects.filter(session=session_id, part__gt=Part.SHUT, part__lt=Part.OVER)
    found = begun.select_related("deal__account", "session", "kickoff")
    return found.order_by("-guess_at").first()


def room_of(review: Review) -> Room:
    """A review as its room sees it: of the buyer nothing before it is shown. Four queries."""
    found = compare(review.deal, records_of([review.deal_id]), "room") if review.deal else None
    return Room(
        review=review,
        guesses=guesses_of(review, found.truth if found else ""),
        compared=found if review.shows_truth else None,
        beats=beats_of(review, siblings_of(review)),
        next_words=str(NEXT.get(Part(review.part), "")),
    )


def has_guessed(review: Review, person: Person) -> bool:
    """Whether somebody has guessed. One query."""
    return Guesser.objects.filter(review=review, person=person).exists()
