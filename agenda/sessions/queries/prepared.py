"""Sessions as pre-work knows them: whose people it can be for, and which it prepares."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.models import Session
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.queries.readiness import UNSPOKEN
from agenda.sessions.queries.serving import sessions_with_bets
from events.attendance.models import Attendee
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.prework.queries import prework_summary

_NAMED = 3

PREPARED = Check(
    "sessions.prepared",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: nobody sees anything for the first time in the room"),
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


@checks(PREPARED)
def check_prepared(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: sessions whose content has no pre-work, neither by a big bet nor of their own."""
    drafted = draft_of(kickoff).sessions.values()
    sessions = [(one.id, one.title) for one in drafted if one.type not in UNSPOKEN]
    rows = prework_summary(kickoff, at).rows
    if not sessions or not rows:
        return
    bets = {row.assignment.bet_id for row in rows} - {None}
    ready = {one.session_id for one in sessions_with_bets(kickoff) if one.bet_id in bets}
    ready |= {row.assignment.segment_session for row in rows if row.assignment.segment_session}
    first = [title for pk, title in sessions if pk not in ready]
    if not first:
        yield Finding(PREPARED, Severity.MET, _("Each session with content has pre-work."))
        return
    said = ngettext(
        "%(count)d session is seen for the first time in the room.",
        "%(count)d sessions are seen for the first time in the room.",
        len(first),
    )
    yield Finding(
        PREPARED,
        Severity.IMPROVE,
        said % {"count": len(first)},
        why=_("No pre-work prepares %(titles)s.")
        % {"titles": ", ".join(f"“{title}”" for title in first[:_NAMED])},
        mend_label=_("Add pre-work"),
        mend_url=reverse("events:prework:create", args=[kickoff.slug]),
        share=1 - len(first) / len(sessions),
    )
