"""What rep and buyer say of a deal: asked for, written down, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agenda.reviews.actions.refusals import ReviewRefused
from agenda.reviews.models import Side, StatedReason, Statement
from agenda.reviews.queries.records import name_of, was_shown
from agenda.reviews.rules.reasons import INTERVIEW_DAYS, Reason, Weight
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

FORM_DAYS = 7  # a form of 90 seconds
INTERVIEW_LEFT = 7  # to hold an interview whose three weeks are over


@dataclass(frozen=True, slots=True)
class Named:
    """What is said of one reason."""

    weight: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """What a buyer said, to whom, and where it may be quoted."""

    held_date: date
    role: str
    minutes: int | None = None
    why_buy: str = ""
    why_us: str = ""
    nearly: str = ""
    change: str = ""
    may_room: bool = False
    may_paper: bool = False
    may_campaign: bool = False


@transaction.atomic
def ask_rep(*, kickoff: Kickoff, deal: Opportunity, by: Person, at: datetime) -> Statement:
    """Ask the rep of a deal for their own record. Who was asked or has said it is not asked again."""
    made, is_new = Statement.objects.get_or_create(
        deal=deal,
        side=Side.REP,
        defaults={
            "kickoff": kickoff,
            "name": name_of(deal),
            "person": deal.owner,
            "asked_at": at,
            "due_date": kickoff.local_date(at) + timedelta(days=FORM_DAYS),
        },
    )
    if is_new:
        record_entry(by=by, verb="review.rep_asked", at=at, subject=deal.owner, object=made)
    return made


@transaction.atomic
def ask_interview(
    *, kickoff: Kickoff, deal: Opportunity, interviewer: Person, by: Person, at: datetime
) -> Statement:
    """
    Give somebody the interview with the buyer of a deal, within three weeks of its close. Where the
    buyer withdrew what they had said, they may be asked anew: nothing of the first one comes back.

    :raises ReviewRefused: it is the deal's own rep, or the interview was held
    """
    if interviewer.pk == deal.owner_id:
        raise ReviewRefused(
            _("%(name)s sold this deal. A buyer says more to somebody who did not.")
            % {"name": interviewer.full_name}
        )
    today = kickoff.local_date(at)
    within = (deal.close_date or today) + timedelta(days=INTERVIEW_DAYS)
    due = within if within >= today else today + timedelta(days=INTERVIEW_LEFT)
    try:
        with transaction.atomic():
            made, is_new = Statement.objects.get_or_create(
                deal=deal,
                side=Side.BUYER,
                defaults={
                    "kickoff": kickoff,
                    "name": name_of(deal),
                    "person": interviewer,
                    "asked_at": at,
                    "due_date": due,
                },
            )
    except IntegrityError as error:
        raise ReviewRefused(_("Another planner asked at the same moment. Look again.")) from error
    if not is_new:
        may_ask = Q(written_at=None) | Q(withdrawn_at__isnull=False)
        again = Statement.objects.filter(may_ask, pk=made.pk).update(
            kickoff=kickoff,
            person=interviewer,
            asked_at=at,
            due_date=due,
            written_at=None,
            withdrawn_at=None,
            held_date=None,
            minutes=None,
        )
        if not again:
            raise ReviewRefused(_("The buyer of “%(name)s” was interviewed.") % {"name": made.name})
        made.refresh_from_db()
    record_entry(by=by, verb="review.interview_given", at=at, subject=interviewer, object=made)
    return made


@transaction.atomic
def write_form(
    *, statement: Statement, named: Mapping[str, Named], by: Person, at: datetime
) -> None:
    """
    Write down what the rep says of their own deal; again, it replaces what was there.

    :raises ReviewRefused: it is somebody else's, a room has seen the buyer's, or no main reason is
        named
    """
    if statement.side != Side.REP or statement.person_id != by.pk:
        raise ReviewRefused(_("A rep’s record is written by the rep alone."))
    if was_shown(statement):
        raise ReviewRefused(_("The room has seen what the buyer said, so this stays as it is."))
    _keep_reasons(statement, named)
    Statement.objects.filter(pk=statement.pk).update(
        written_at=at, held_date=statement.kickoff.local_date(at)
    )
    record_entry(by=by, verb="review.form_written", at=at, subject=by, object=statement)


@transaction.atomic
def write_interview(
    *,
    statement: Statement,
    interview: Interview,
    named: Mapping[str, Named],
    by: Person,
    at: datetime,
) -> None:
    """
    Write down an interview; again, it replaces what was there.

    :raises ReviewRefused: whoever writes sold the deal, consent was withdrawn, no main reason is
        named, or it is before the close or not held yet
    """
    deal = statement.deal
    if by.pk == deal.owner_id:
        raise ReviewRefused(_("You sold this deal. A buyer says more to somebody who did not."))
    if deal.close_date and interview.held_date < deal.close_date:
        raise ReviewRefused(_("That is before the deal was decided. Check the day."))
    if interview.held_date > statement.kickoff.local_date(at):
        raise ReviewRefused(_("That day is still to come. Write the interview down once held."))
    said = {"written_at": at, **asdict(interview)}
    still = Statement.objects.filter(pk=statement.pk, withdrawn_at=None)
    if not still.update(**said):
        raise ReviewRefused(
            _("The buyer has withdrawn their consent. Nothing of what they said is kept.")
        )
    _keep_reasons(statement, named)
    statement.refresh_from_db()
    record_entry(
        by=by, verb="review.interview_written", at=at, object=statement, note=statement.consent
    )


@transaction.atomic
def withdraw_consent(*, statement: Statement, by: Person, at: datetime) -> None:
    """
    Delete each word of a buyer, on their request. The reasons that they named are still counted,
    without words. Twice is as once.

    :raises ReviewRefused: there is no interview to withdraw from
    """
    if statement.side != Side.BUYER or statement.written_at is None:
        raise ReviewRefused(_("Nothing of a buyer is kept here."))
    still = Statement.objects.filter(pk=statement.pk, withdrawn_at=None)
    if still.update(withdrawn_at=at, **NO_WORDS):
        StatedReason.objects.filter(statement=statement).update(quote="")
        record_entry(by=by, verb="review.consent_withdrawn", at=at, object=statement)


NO_WORDS: Mapping[str, str | bool] = {
    "role": "",
    "why_buy": "",
    "why_us": "",
    "nearly": "",
    "change": "",
    "may_room": False,
    "may_paper": False,
    "may_campaign": False,
}


def _keep_reasons(statement: Statement, named: Mapping[str, Named]) -> None:
    mains = [reason for reason, said in named.items() if said.weight == Weight.MAIN]
    if len(mains) != 1:
        raise ReviewRefused(
            _("Name one main reason. Take “Unknown” if nobody knows.")
            if not mains
            else _("Name one main reason alone: what else counted is “also”.")
        )
    if named.get(Reason.UNKNOWN, Named("")).weight == Weight.ALSO:
        raise ReviewRefused(_("“Unknown” is the main reason, or none."))
    statement.reasons.all().delete()
    StatedReason.objects.bulk_create(
        StatedReason(
            statement=statement, reason=reason, weight=said.weight, quote=said.quote.strip()
        )
        for reason, said in named.items()
    )
