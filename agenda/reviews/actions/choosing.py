"""Places for three deals, and the deals that are chosen for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.reviews.actions.recording import ask_rep
from agenda.reviews.actions.refusals import ReviewRefused
from agenda.reviews.models import Outcome, PrepStep, Review
from agenda.reviews.queries.records import name_of
from agenda.reviews.rules.parts import Part
from agenda.sessions.models import Part as SessionPart
from agenda.sessions.models import Session, SessionType
from events.deals.models import Opportunity
from events.kickoff.hooks import Copied
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

MIX = (Outcome.WON, Outcome.WON, Outcome.LOST)
MOST = 9


@transaction.atomic
def open_places(*, kickoff: Kickoff, by: Person, at: datetime) -> list[Review]:
    """Make places for two deals that were won and one that was lost. Twice is as once."""
    Kickoff.objects.select_for_update().get(pk=kickoff.pk)
    if there := list(kickoff.reviews.all()):
        return there
    sessions = _sessions(kickoff)
    made = [
        Review(
            kickoff=kickoff,
            position=place,
            outcome=outcome,
            session=sessions[(place - 1) % len(sessions)] if sessions else None,
        )
        for place, outcome in enumerate(MIX, 1)
    ]
    try:
        with transaction.atomic():
            Review.objects.bulk_create(made)
    except IntegrityError:  # another planner did so at the same moment
        return list(kickoff.reviews.all())
    record_entry(by=by, verb="review.opened", at=at, object=kickoff)
    return made


@transaction.atomic
def add_place(*, kickoff: Kickoff, outcome: str, by: Person, at: datetime) -> Review:
    """
    Make a place for one deal more.

    :raises ReviewRefused: there are nine already
    """
    last = kickoff.reviews.aggregate(last=Max("position"))["last"] or 0
    if kickoff.reviews.count() >= MOST:
        raise ReviewRefused(_("Nine reviews are the most: a room listens to three."))
    sessions = _sessions(kickoff)
    try:
        with transaction.atomic():
            made = Review.objects.create(
                kickoff=kickoff,
                position=last + 1,
                outcome=outcome,
                session=sessions[0] if sessions else None,
            )
    except IntegrityError as error:
        raise ReviewRefused(
            _("Another planner added one at the same moment. Look again.")
        ) from error
    record_entry(by=by, verb="review.opened", at=at, object=made)
    return made


@transaction.atomic
def choose_deal(*, review: Review, deal: Opportunity, why: str, by: Person, at: datetime) -> Review:
    """
    Choose the deal of a review, and ask its rep for their own record; three steps of preparation
    come with it.

    :raises ReviewRefused: it ended otherwise, another review has it, or this one has a deal
    """
    if deal.stage != review.outcome:
        raise ReviewRefused(
            _("This place is for a deal that was won.")
            if review.is_won
            else _("This place is for a deal that was lost.")
        )
    name = name_of(deal)
    try:
        with transaction.atomic():
            taken = Review.objects.filter(pk=review.pk, deal=None)
            done = taken.update(deal=deal, name=name, why=why.strip()[:300])
    except IntegrityError as error:
        raise ReviewRefused(
            _("“%(name)s” has a review at this kickoff already.") % {"name": name}
        ) from error
    if not done:
        raise ReviewRefused(
            _("A deal was chosen here in the meantime. Free the place first to choose another.")
        )
    review.refresh_from_db()
    ask_rep(kickoff=review.kickoff, deal=deal, by=by, at=at)
    PrepStep.objects.bulk_create(_usual_steps(review, deal, at))
    record_entry(by=by, verb="review.chosen", at=at, object=review, subject=deal.owner, note=name)
    return review


@transaction.atomic
def place_review(
    *, review: Review, session: Session | None, why: str, by: Person, at: datetime
) -> None:
    """
    Say in which session a review is, and why its deal.

    :raises ReviewRefused: the session is another kickoff's, or the room has begun
    """
    if session and session.kickoff_id != review.kickoff_id:
        raise ReviewRefused(_("This session belongs to another kickoff."))
    still = Review.objects.filter(pk=review.pk)
    if session != review.session:
        still = still.filter(part=Part.SHUT)
    if not still.update(session=session, why=why.strip()[:300]):
        raise ReviewRefused(_("The room has begun with this deal, so its session stays."))
    record_entry(by=by, verb="review.placed", at=at, object=review, note=str(session or ""))


@transaction.atomic
def free_place(*, review: Review, by: Person, at: datetime) -> None:
    """
    Take a deal out of its review, with what was prepared. Its records stay with the deal.

    :raises ReviewRefused: the room has begun with it
    """
    still = Review.objects.filter(pk=review.pk, deal__isnull=False, part=Part.SHUT)
    name = review.name
    if not still.update(deal=None, name="", why=""):
        raise ReviewRefused(_("The room has begun with this deal, so it stays."))
    review.steps.all().delete()
    record_entry(by=by, verb="review.freed", at=at, object=review, note=name)


def suggest_reviews(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """The Acceleration Summit template's part: empty places where its agenda has reviews."""
    if _sessions(kickoff):
        open_places(kickoff=kickoff, by=by, at=at)


def copy_reviews(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """Copy how many deals were won and lost, in the sessions of the same titles; no deal."""
    places = list(source.reviews.select_related("session"))
    if not places:
        return None
    if target.reviews.exists():
        return Copied(_("Win/loss reviews"), is_held=True)
    sessions = {one.title: one for one in _sessions(target)}
    Review.objects.bulk_create(
        Review(
            kickoff=target,
            position=one.position,
            outcome=one.outcome,
            session=sessions.get(one.session.title) if one.session else None,
        )
        for one in places
    )
    record_entry(by=by, verb="review.opened", at=at, object=target, note=source.name)
    said = ngettext(
        "%(count)d review, without its deal", "%(count)d reviews, without their deals", len(places)
    )
    return Copied(_("Win/loss reviews"), [said % {"count": len(places)}])


def _sessions(kickoff: Kickoff) -> list[Session]:
    found = Session.objects.filter(kickoff=kickoff, type=SessionType.WIN_LOSS_REVIEW)
    return list(found.order_by("starts_at", "pk"))


def _usual_steps(review: Review, deal: Opportunity, at: datetime) -> Sequence[PrepStep]:
    """What the deal team prepares and who facilitates rehearses, counted from the first day."""
    facilitator = (
        review.session.people.filter(part=SessionPart.FACILITATOR).first()
        if review.session
        else None
    )
    leader = facilitator.person if facilitator else review.kickoff.owner
    today, first = review.kickoff.local_date(at), review.kickoff.starts_date
    usual = (
        (21, deal.owner, _("Draw the deal as a line: first call, every turn, the close")),
        (14, deal.owner, _("Agree who of the deal team tells which part, in ten minutes")),
        (5, leader, _("Rehearse with the deal team, without the buyer’s words")),
    )
    return [
        PrepStep(
            review=review,
            title=title,
            owner=owner,
            due_date=max(first - timedelta(days=days), min(today, first)),
            made_at=at,
        )
        for days, owner, title in usual
    ]
