"""In the room: parts in their order, and guesses that are counted and of nobody."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agenda.reviews.actions.refusals import ReviewRefused
from agenda.reviews.models import GuessCount, Guesser, Review, Side, Statement
from agenda.reviews.rules.parts import Part
from agenda.reviews.rules.reasons import Reason
from agenda.sessions.models import Part as SessionPart
from people.accounts.models import Person
from people.activity.actions import record_entry

_TIMES = {
    Part.GUESS: "guess_at",
    Part.TOLD: "told_at",
    Part.BUYER: "buyer_at",
    Part.CHANGE: "change_at",
}


@transaction.atomic
def go_on(*, review: Review, seen: int, by: Person, at: datetime) -> None:
    """
    Show the next part. `seen` is the part that was on the screen: a second tap, or another's, does
    nothing.

    :raises ReviewRefused: it has no deal or no session, or is over
    """
    if review.deal_id is None:
        raise ReviewRefused(_("Choose a deal first."))
    if review.session_id is None:
        raise ReviewRefused(_("Say first in which session this is: phones find it there."))
    if seen >= Part.OVER:
        raise ReviewRefused(_("This review is over."))
    following = Part(seen + 1)
    if not Review.objects.filter(pk=review.pk, part=seen).update(part=following):
        return
    if following == Part.GUESS:
        GuessCount.objects.bulk_create(
            (GuessCount(review=review, reason=one) for one in Reason), ignore_conflicts=True
        )
    if name := _TIMES.get(following):
        Review.objects.filter(pk=review.pk, **{name: None}).update(**{name: at})
    record_entry(by=by, verb="review.shown", at=at, object=review, note=following.name)


@transaction.atomic
def go_back(*, review: Review, seen: int, by: Person, at: datetime) -> None:
    """
    Show the part before once more. `seen` is the part that was on the screen.

    :raises ReviewRefused: guesses would open again though the buyer's words were shown
    """
    if seen <= Part.GUESS:
        raise ReviewRefused(_("This is where the review begins."))
    before = Part(seen - 1)
    here = Review.objects.filter(pk=review.pk, part=seen)
    if before == Part.GUESS:
        here = here.filter(buyer_at=None)
    if here.update(part=before):
        record_entry(by=by, verb="review.shown", at=at, object=review, note=before.name)
    elif before == Part.GUESS and review.buyer_at:
        raise ReviewRefused(_("The room has read the buyer’s words, so nobody guesses any more."))


@transaction.atomic
def guess(*, review: Review, reason: str, by: Person) -> None:
    """
    Count a guess, once a person. Kept are a number and, apart, that this person has guessed: not
    what, nor when, and nothing in the trail.

    :raises ReviewRefused: guesses are closed, they have guessed, or they know the answer
    """
    if knows(review, by):
        raise ReviewRefused(_("You know what the buyer said. Let the others guess."))
    try:
        with transaction.atomic():
            Guesser.objects.create(review=review, person=by)
    except IntegrityError as error:
        raise ReviewRefused(_("You have guessed. One guess a person.")) from error
    counted = GuessCount.objects.filter(review=review, reason=reason, review__part=Part.GUESS)
    if not counted.update(votes=F("votes") + 1):
        raise ReviewRefused(_("Guesses are closed."))


def knows(review: Review, person: Person) -> bool:
    """Whether somebody read what the buyer said: who interviewed, plans, or facilitates."""
    if person.is_planner:
        return True
    held = Statement.objects.filter(deal=review.deal, side=Side.BUYER, person=person)
    leads = (
        review.session is not None
        and review.session.people.filter(person=person, part=SessionPart.FACILITATOR).exists()
    )
    return leads or held.exists()
