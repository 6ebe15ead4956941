"""Sessions as pre-work knows them: whose people it can be for, and which it prepares."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.models import Session, SessionType
from agenda.sessions.queries.serving import sessions_with_bets
from agenda.sessions.rules import UNCOUNTED_TYPES
from events.attendance.models import Attendee
from events.kickoff.hooks import Check, Finding, Phase, Severity
from events.kickoff.models import Kickoff
from events.prework.queries import prework_summary

# Nobody leads them, and in these nothing is learned that could be seen before
UNSPOKEN = UNCOUNTED_TYPES | {SessionType.RECOGNITION.value}
_NAMED = 3

PREPARED = Check(
    "sessions.prepared",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: nobody sees anything for the first time in the room"),
    name=gettext_lazy("Pre-work for each session"),
)


def sessions_of(kickoff: Kickoff) -> list[tuple[int, str]]:
    """The sessions of the draft that have content, by time. One query."""
    found = Session.objects.filter(kickoff=kickoff).exclude(type__in=UNSPOKEN)
    return list(found.values_list("pk", "title"))


def people_of(kickoff: Kickoff, session_id: int) -> list[int] | None:
    """Whom a session is for, and who leads it. Three queries."""
    session = Session.objects.filter(kickoff=kickoff, pk=session_id).first()
    if session is None:
        return None
    seats = Attendee.objects.filter(kickoff=kickoff).in_segment(session)
    leading = session.people.values_list("person_id", flat=True)
    return [*seats.values_list("person_id", flat=True), *leading]


def prepared(kickoff: Kickoff, at: datetime, sessions: Sequence[tuple[int, str]]) -> Finding | None:
    """What readiness says of sessions with content, by a big bet or of their own; None: nothing yet."""
    rows = prework_summary(kickoff, at).rows
    if not sessions or not rows:
        return None
    bets = {row.assignment.bet_id for row in rows} - {None}
    ready = {one.session_id for one in sessions_with_bets(kickoff) if one.bet_id in bets}
    ready |= {row.assignment.segment_session for row in rows if row.assignment.segment_session}
    first = [title for pk, title in sessions if pk not in ready]
    if not first:
        return Finding(PREPARED, Severity.MET, _("Each session with content has pre-work."))
    said = ngettext(
        "%(count)d session is seen for the first time in the room.",
        "%(count)d sessions are seen for the first time in the room.",
        len(first),
    )
    return Finding(
        PREPARED,
        Severity.IMPROVE,
        said % {"count": len(first)},
        why=_("No pre-work prepares %(titles)s.")
        % {"titles": ", ".join(f"“{title}”" for title in first[:_NAMED])},
        mend_label=_("Add pre-work"),
        mend_url=reverse("events:prework:create", args=[kickoff.slug]),
        share=1 - len(first) / len(sessions),
    )
