"""What is prepared before the room: steps with an owner and a day, which move with the event."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.reviews.actions.refusals import ReviewRefused
from agenda.reviews.models import PrepStep, Review
from core.ui.figures import day
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

MOST_STEPS = 12


@transaction.atomic
def add_step(
    *, review: Review, title: str, owner: Person, due_date: date, by: Person, at: datetime
) -> PrepStep:
    """
    Give somebody something to prepare, by a day.

    :raises ReviewRefused: the day is after the event or over, or there are twelve steps
    """
    if due_date > review.kickoff.ends_date:
        raise ReviewRefused(_("That is after the event. Choose a day before it."))
    if due_date < review.kickoff.local_date(at):
        raise ReviewRefused(_("That day is over. Choose today or a day to come."))
    if review.steps.count() >= MOST_STEPS:
        raise ReviewRefused(_("Twelve steps are the most. Take one away first."))
    made = review.steps.create(title=title.strip(), owner=owner, due_date=due_date, made_at=at)
    record_entry(
        by=by, verb="review.step_added", at=at, subject=owner, object=review, note=made.title
    )
    return made


@transaction.atomic
def tick_step(*, step: PrepStep, done: bool, by: Person, at: datetime) -> None:
    """Say that a step is done, or is not after all. The first tap counts."""
    asked = PrepStep.objects.filter(pk=step.pk, done_at__isnull=done)
    if asked.update(done_at=at if done else None):
        verb = "review.step_done" if done else "review.step_reopened"
        record_entry(by=by, verb=verb, at=at, object=step.review, note=step.title)


@transaction.atomic
def drop_step(*, step: PrepStep, by: Person, at: datetime) -> None:
    """Take a step away that nobody needs."""
    record_entry(by=by, verb="review.step_dropped", at=at, object=step.review, note=step.title)
    step.delete()


def move_steps(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Steps of preparation keep their distance to the first day; what is done stays."""
    shift = before.shift(kickoff)
    steps = PrepStep.objects.filter(review__kickoff=kickoff, done_at=None)
    rows = list(steps.select_related("review")) if shift else []
    if not rows:
        return None
    steps.update(due_date=F("due_date") + shift)
    told: dict[int, list[str]] = {}
    for one in rows:
        if one.owner_id is not None:
            page = reverse("agenda:reviews:prep", args=[kickoff.slug, one.review_id])
            line = _("“%(title)s” is due %(day)s: %(page)s") % {
                "title": one.title,
                "day": day(one.due_date + shift),
                "page": page,
            }
            told.setdefault(one.owner_id, []).append(line)
    said = ngettext(
        "%(count)d step of preparation is due on another day.",
        "%(count)d steps of preparation are due on other days.",
        len(rows),
    )
    return Follows(_("Win/loss reviews"), [said % {"count": len(rows)}], told)
