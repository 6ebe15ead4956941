from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from agenda.reviews.models import PrepStep, Side, Statement
from core.due.rules import end_of
from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Act, Waiting

_STEPS_OF_KICKOFF = (
    "SELECT owner_id FROM agenda_prepstep JOIN agenda_review"
    " ON agenda_review.id = review_id WHERE kickoff_id = {row}.id"
)
WATCHED = (
    Watch("agenda_statement", "{row}.person_id"),
    Watch("agenda_prepstep", "{row}.owner_id"),
    Watch("agenda_review", "SELECT owner_id FROM agenda_prepstep WHERE review_id = {row}.id"),
    Watch("events_kickoff", "SELECT person_id FROM agenda_statement WHERE kickoff_id = {row}.id"),
    Watch("events_kickoff", _STEPS_OF_KICKOFF),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Records that were asked for, and steps of preparation, until the kickoff is over. Two queries.
    """
    under_way = Kickoff.objects.shown_to_people().under_way()
    asked = Statement.objects.filter(
        person__in=people, written_at=None, kickoff__in=under_way
    ).select_related("kickoff")
    steps = PrepStep.objects.filter(
        owner__in=people, done_at=None, review__kickoff__in=under_way
    ).select_related("review__kickoff")
    for one in asked:
        if at < one.kickoff.closes_at:
            yield _record(one)
    for step in steps:
        if at < step.review.kickoff.closes_at:
            yield _step(step)


def _record(one: Statement) -> Waiting:
    is_form = one.side == Side.REP
    title = _("Say why “%(name)s” ended as it did") if is_form else _("Ask the buyer of “%(name)s”")
    return Waiting(
        person_id=one.person_id or 0,
        kind="winloss.form" if is_form else "winloss.interview",
        title=title % {"name": one.name},
        url=reverse("agenda:reviews:record", args=[one.kickoff.slug, one.pk]),
        button=_("Write it"),
        note=_("90 seconds") if is_form else _("Four questions"),
        since=one.asked_at,
        due_at=end_of(one.due_date, one.kickoff.zone),
        day=one.due_date,
        until=one.kickoff.closes_at,
        place=place_of(one.kickoff),
    )


def _step(step: PrepStep) -> Waiting:
    review, kickoff = step.review, step.review.kickoff
    return Waiting(
        person_id=step.owner_id or 0,
        kind="winloss.prepare",
        title=step.title,
        url=reverse("agenda:reviews:prep", args=[kickoff.slug, review.pk]),
        button=_("Open"),
        note=review.name,
        since=step.made_at,
        due_at=end_of(step.due_date, kickoff.zone),
        day=step.due_date,
        until=kickoff.closes_at,
        place=place_of(kickoff),
        act=Act(_("Done"), reverse("agenda:reviews:tick", args=[kickoff.slug, review.pk, step.pk])),
    )
