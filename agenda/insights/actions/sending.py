"""Send an insight, with one's name or without a trace."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.insights.actions.refusals import InsightRefused
from agenda.insights.models import Insight
from agenda.insights.rules import LONGEST_SAID, LONGEST_WHAT, MOST_HEARD, MOST_IN_A_SESSION
from agenda.sessions.models import ReleasedSession, Session
from agenda.sessions.queries.released import Shown
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

InSession = Session | ReleasedSession | Shown


@transaction.atomic
def send_insight(
    *,
    kickoff: Kickoff,
    session: InSession | None,
    what: str,
    evidence: str = "",
    deal: str = "",
    heard: int = 1,
    by: Person | None,
    at: datetime,
    key: UUID | None = None,
) -> Insight:
    """
    Keep what somebody heard, for a planner to give it an owner; the same `key` twice is once.

    `by` is None where it is sent without a name: then nothing is written but the row, which holds no
    moment but the beginning of the session. `deal` is a deal or customer in words, `heard` how often.

    :raises InsightRefused: it says nothing or too much, it is sent without a name and without a
        session that has a time, or its session has more than can be read
    """
    what, evidence, deal = what.strip(), evidence.strip(), deal.strip()
    key = key or uuid4()
    if found := Insight.objects.filter(kickoff=kickoff, key=key).first():
        return found
    _check(what, evidence, deal, heard)
    began_at = session.starts_at if session else None
    if by is None and began_at is None:
        raise InsightRefused(
            _("Without a name it needs its session: only a session keeps apart who sent it.")
        )
    number = _number(session)
    if number and Insight.objects.filter(session_id=number).count() >= MOST_IN_A_SESSION:
        raise InsightRefused(_("This session has as many insights as anybody can read."))
    row = Insight(
        key=key,
        kickoff=kickoff,
        session_id=number,
        session_title=session.title if session else "",
        heard_at=began_at or at,
        what=what,
        evidence=evidence,
        deal=deal,
        heard=heard,
        sender=by,
    )
    Insight.objects.bulk_create([row], ignore_conflicts=True)
    insight = Insight.objects.get(kickoff=kickoff, key=key)
    if by is not None and insight.pk == row.pk:
        record_entry(by=by, verb="insight.sent", at=at, subject=by, object=insight)
    return insight


def _number(session: InSession | None) -> int | None:
    if session is None or isinstance(session, ReleasedSession):
        return session.session_id if session else None
    return session.id


def _check(what: str, evidence: str, deal: str, heard: int) -> None:
    if not what:
        raise InsightRefused(_("Say in one line what you heard."))
    for text, most in ((what, LONGEST_WHAT), (evidence, LONGEST_SAID), (deal, 120)):
        if len(text) > most:
            raise InsightRefused(
                _("“%(text)s…” is longer than %(most)d letters.")
                % {"text": text[:30], "most": most}
            )
    if not 1 <= heard <= MOST_HEARD:
        raise InsightRefused(
            _("How often you have heard it is a number from 1 to %(most)d.") % {"most": MOST_HEARD}
        )
