"""What people see: the released agenda, one session of it, and what speakers owe."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agenda.sessions import access
from agenda.sessions.actions import record_look
from agenda.sessions.models import SessionType
from agenda.sessions.queries import released
from agenda.sessions.queries.changes import last_release
from agenda.sessions.queries.released import Shown
from agenda.sessions.queries.types import TYPE_CLASSES
from agenda.sessions.queries.words import when
from agenda.sessions.rules import agenda_day
from agenda.sessions.views.planning import chosen_day
from core.ui.figures import clock, zone_name
from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest

READY_WEEKS = 3  # before the first day: outcome and description of every session


@dataclass(frozen=True, slots=True)
class Line:
    """
    One session in a day's list, in as few words as a phone holds. `own_time` is the viewer's,
    where their clock differs. `beside` is how many begin at that time, where there are more than
    one: people choose.
    """

    url: str
    title: str
    type_class: str
    starts_at: datetime
    time: str
    own_time: str
    note: str
    beside: int
    is_first: bool
    is_over: bool
    is_now: bool
    is_after_now: bool


@login_required
@require_GET
def show_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    release = last_release(kickoff)
    now = timezone.now()
    day = chosen_day(request, kickoff)
    if day not in kickoff.days:
        day = kickoff.starts_date
    everything = request.GET.get("show") == "all"
    shown: list[Shown] = []
    if release is not None:
        shown = (
            released.whole_day(kickoff, day)
            if everything
            else released.day_for(request.user, kickoff, day)
        )
        record_look(kickoff=kickoff, by=request.user, at=now)
    own_zone = ZoneInfo(request.user.time_zone)
    if not everything:
        # Whom it is for goes without saying
        shown = [replace(one, audience="") for one in shown]
    lines = _lines(shown, kickoff, request.user, now)
    context = {
        "kickoff": kickoff,
        "release": release,
        "day": day,
        "lines": lines,
        "everything": everything,
        "now": clock(now, kickoff.zone) if agenda_day(now, kickoff.zone) == day else "",
        "is_last": not any(line.is_after_now for line in lines),
        "zone_words": zone_name(kickoff.doors_open_at.astimezone(kickoff.zone)),
        "own_zone_words": zone_name(kickoff.doors_open_at.astimezone(own_zone)),
        "differs": any(line.own_time for line in lines),
        "promised": kickoff.starts_date - timedelta(weeks=READY_WEEKS),
    }
    return render(request, "agenda/sessions/mine.html", context)


def _lines(shown: list[Shown], kickoff: Kickoff, person: Person, now: datetime) -> list[Line]:
    at_once = Counter(one.starts_at for one in shown)
    own_zone = ZoneInfo(person.time_zone)
    # One address for all of them, with the number put in: a hundred look-ups are slow
    url = reverse("agenda:sessions:released", kwargs={"slug": kickoff.slug, "session_id": 0})
    lines: list[Line] = []
    for one in shown:
        local = one.starts_at.astimezone(kickoff.zone)
        own = one.starts_at.astimezone(own_zone)
        is_first_after = one.starts_at > now and not any(line.is_after_now for line in lines)
        lines.append(
            Line(
                url=f"{url.removesuffix('0/')}{one.id}/",
                title=one.title,
                type_class=one.type_class,
                starts_at=one.starts_at,
                time=f"{local:%H:%M}",
                own_time="" if own.utcoffset() == local.utcoffset() else f"{own:%H:%M}",
                note=_note(one, kickoff, person, now),
                beside=at_once[one.starts_at] if at_once[one.starts_at] > 1 else 0,
                is_first=not lines or lines[-1].starts_at != one.starts_at,
                is_over=one.ends_at <= now,
                is_now=one.starts_at <= now < one.ends_at,
                is_after_now=is_first_after,
            )
        )
    return lines


def _note(one: Shown, kickoff: Kickoff, person: Person, now: datetime) -> str:
    """Where, until when, with whom; what people wrote is kept apart from the words around it."""
    part = one.part_of(person)
    parts = [
        _("ended") if one.ends_at <= now else "",
        isolated(one.where),
        _("until %(time)s") % {"time": clock(one.ends_at, kickoff.zone)},
        {"SPEAKER": _("you speak"), "FACILITATOR": _("you facilitate")}.get(part, "")
        or isolated(", ".join(one.names)),
        _("only %(audience)s") % {"audience": one.audience} if one.audience else "",
    ]
    return " · ".join(filter(None, parts))


def isolated(text: str) -> str:
    """What people wrote, in the signs that keep its direction to itself."""
    return f"\u2068{text}\u2069" if text else ""


@login_required
@require_GET
def show_released(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    kickoff, session = access.released_session_or_404(request.user, slug, session_id)
    own_zone = ZoneInfo(request.user.time_zone)
    local, own = (session.starts_at.astimezone(zone) for zone in (kickoff.zone, own_zone))
    context = {
        "kickoff": kickoff,
        "session": session,
        "type_class": TYPE_CLASSES[SessionType(session.type)],
        "people": list(session.people.all()),
        "when": when(session.starts_at, session.ends_at, kickoff.zone),
        "own_when": ""
        if own.utcoffset() == local.utcoffset()
        else when(session.starts_at, session.ends_at, own_zone),
        "day": agenda_day(session.starts_at, kickoff.zone),
    }
    return render(request, "agenda/sessions/released.html", context)


@login_required
@require_GET
def show_speaking(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    sessions = [
        (
            one,
            when(one.starts_at, one.ends_at, kickoff.zone) if one.starts_at and one.ends_at else "",
        )
        for one in released.sessions_of_speaker(request.user, kickoff)
    ]
    context = {
        "kickoff": kickoff,
        "sessions": sessions,
        "ready_date": kickoff.starts_date - timedelta(weeks=READY_WEEKS),
    }
    return render(request, "agenda/sessions/speaking.html", context)
