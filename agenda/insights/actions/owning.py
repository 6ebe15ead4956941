"""Give an insight an owner and a date, remind those who are late, and speak with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.insights.actions import notices
from agenda.insights.actions.refusals import InsightRefused
from agenda.insights.models import Function, Insight, Remark, State
from agenda.insights.queries.board import late_of
from agenda.insights.rules import LONGEST_SAID
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell

DAYS = timedelta(days=7)  # to answer, where nobody says otherwise


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many owners were reminded, and how many had been that day already."""

    sent: int
    told_today: int


def function_of(person: Person) -> str:
    """For which function somebody answers: marketing and product for theirs, everybody else for sales."""
    own = {Person.Function.MARKETING: Function.MARKETING, Person.Function.PRODUCT: Function.PRODUCT}
    return own.get(Person.Function(person.function), Function.SALES)


@transaction.atomic
def give(
    *, insight: Insight, owner: Person, due: date, by: Person, at: datetime, function: str = ""
) -> None:
    """
    Give an insight to whoever is to answer it by the end of a day at the venue, and tell them.

    :raises InsightRefused: the day is over, it was put together with another, or it has its answer
    """
    kickoff = insight.kickoff
    if due < kickoff.local_date(at):
        raise InsightRefused(_("That day is over. Choose today or a day to come."))
    open_ones = Insight.objects.heads().filter(pk=insight.pk, state__in=[State.NEW, State.OPEN])
    if not open_ones.update(
        state=State.OPEN,
        owner=owner,
        function=function or function_of(owner),
        due_date=due,
        given_by=by,
        given_at=at,
    ):
        raise InsightRefused(_("It has its answer, or was put together with another one."))
    insight.refresh_from_db()
    record_entry(by=by, verb="insight.given", at=at, subject=owner, object=insight)
    if owner != by:
        tell(drafts=[notices.given(insight, owner, at)], at=at)


@transaction.atomic
def say(*, insight: Insight, text: str, by: Person, at: datetime) -> Remark:
    """
    Say something to the owner, or as the owner to whoever gave it to them. The room does not read it.

    :raises InsightRefused: it says nothing or too much
    """
    text = text.strip()
    if not text or len(text) > LONGEST_SAID:
        raise InsightRefused(
            _("Write something, in %(most)d letters at most.") % {"most": LONGEST_SAID}
        )
    remark = Remark.objects.create(insight=insight, author=by, text=text, said_at=at)
    to = insight.given_by if by == insight.owner else insight.owner
    if to is not None and to != by:
        tell(drafts=[notices.said(remark, to)], at=at)
    record_entry(by=by, verb="insight.remarked", at=at, object=insight)
    return remark


@transaction.atomic
def remind_owners(*, kickoff: Kickoff, by: Person, at: datetime) -> Reminded:
    """Remind each owner of what they have not answered in time, once a day at most."""
    late = late_of(kickoff, at)
    drafts = [notices.reminder(kickoff, owner, rows, at) for owner, rows in late.items()]
    sent = tell(drafts=drafts, at=at)
    if sent:
        record_entry(by=by, verb="insights.reminded", at=at, object=kickoff, note=str(sent))
    return Reminded(sent, len(drafts) - sent)
