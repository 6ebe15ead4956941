"""Which big bets the sessions of an agenda serve."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.models import Session, SessionType
from core.once import once
from events.bets.hooks import Serving
from events.bets.queries import bets_of
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff


class WithBet(NamedTuple):
    """That a session of the draft points at a big bet."""

    session_id: int
    title: str
    type: str
    bet_id: int
    bet_title: str


@once
def _sessions_and_bets(kickoff: Kickoff) -> list[tuple[int, str, str, int | None, str | None]]:
    """Each session of the draft with each bet that it points at, or with none, by time. One query."""
    return list(
        Session.objects.filter(kickoff=kickoff)
        .order_by("starts_at", "pk", "bets__position")
        .values_list("pk", "title", "type", "bets", "bets__title")
    )


def sessions_with_bets(kickoff: Kickoff) -> list[WithBet]:
    """The sessions of the draft with the bets that each points at, by time. One query."""
    return [
        WithBet(pk, title, kind, bet, bet_title or "")
        for pk, title, kind, bet, bet_title in _sessions_and_bets(kickoff)
        if bet is not None
    ]


def sessions_of_type(kickoff: Kickoff, kind: SessionType) -> dict[int, str]:
    """The titles of the draft's sessions of a type, by primary key and in order of time. One query."""
    return {pk: title for pk, title, of, *_bet in _sessions_and_bets(kickoff) if of == kind}


def serving_bets(kickoff: Kickoff) -> Iterator[Serving]:
    """The sessions of the draft that point at a big bet. One query."""
    for one in sessions_with_bets(kickoff):
        url = reverse("agenda:sessions:edit", args=[kickoff.slug, one.session_id])
        yield Serving(one.bet_id, _("Sessions"), one.title, url)


HAS_SESSION = Check(
    "bets.sessions",
    Phase.DURING,
    5,
    gettext_lazy("Guide: every session points at a bet"),
    name=gettext_lazy("A session for each bet"),
)


@checks(HAS_SESSION)
def check_bets(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: each big bet has a session. Whether it has pre-work, pre-work says."""
    bets = bets_of(kickoff)
    if not bets:
        return
    served = {one.bet_id for one in sessions_with_bets(kickoff)}
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
