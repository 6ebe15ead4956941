"""Which big bets the sessions of an agenda serve."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.models import Session
from events.bets.hooks import Serving
from events.bets.queries import bets_of
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff


def serving_bets(kickoff: Kickoff) -> Iterator[Serving]:
    """The sessions of the draft that point at a big bet. One query."""
    through = Session.bets.through.objects.filter(session__kickoff=kickoff)
    rows = through.order_by("session__starts_at", "session_id")
    for bet_id, session_id, title in rows.values_list("bigbet_id", "session_id", "session__title"):
        url = reverse("agenda:sessions:edit", args=[kickoff.slug, session_id])
        yield Serving(bet_id, _("Sessions"), title, url)


HAS_SESSION = Check(
    "bets.sessions", Phase.DURING, 5, gettext_lazy("Guide: every session points at a bet")
)


@checks(HAS_SESSION)
def check_bets(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: each big bet has a session. Whether it has pre-work, pre-work says."""
    bets = bets_of(kickoff)
    if not bets:
        return
    served = set(
        Session.bets.through.objects.filter(bigbet__in=bets).values_list("bigbet", flat=True)
    )
    missing = [bet for bet in bets if bet.pk not in served]
    if not missing:
        yield Finding(HAS_SESSION, Severity.MET, _("Each big bet has a session."))
        return
    numbers = ", ".join(str(bet.position) for bet in missing)
    said = ngettext(
        "Big bet %(numbers)s has no session.", "Big bets %(numbers)s have no session.", len(missing)
    )
    yield Finding(
        HAS_SESSION,
        Severity.IMPROVE,
        said % {"numbers": numbers},
        _("What is not practised in the room is not done after it."),
        _("Name the bet on a session"),
        reverse("agenda:sessions:list", args=[kickoff.slug]),
        share=1 - len(missing) / len(bets),
    )
