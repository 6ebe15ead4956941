"""What people see: the released agenda, one session of it, and what speakers owe."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agenda.sessions import access
from agenda.sessions.queries import released
from agenda.sessions.queries.changes import last_release
from agenda.sessions.queries.draft import TYPE_CLASSES
from agenda.sessions.queries.released import Shown
from agenda.sessions.queries.words import when
from agenda.sessions.views.planning import chosen_day
from core.ui.figures import clock, zone_name
from events.kickoff.access import kickoff_or_404
from people.accounts.requests import AuthenticatedRequest

READY_WEEKS = 3  # before the first day: outcome and description of every session


@dataclass(frozen=True, slots=True)
class Line:
    """
    One session in a day's list; `own_time` is the viewer's, where their clock differs. `beside`
    is how many begin at that time, where there are more than one: people choose.
    """

    one: Shown
    time: str
    until: str
    own_time: str
    is_over: bool
    is_now: bool
    part: str
    beside: int
    is_first: bool


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
    own_zone = ZoneInfo(request.user.time_zone)
    at_once = Counter(one.starts_at for one in shown)
    lines: list[Line] = []
    for one in shown:
        local = one.starts_at.astimezone(kickoff.zone)
        own = one.starts_at.astimezone(own_zone)
        lines.append(
            Line(
                one=one,
                time=f"{local:%H:%M}",
                until=clock(one.ends_at, kickoff.zone),
                own_time="" if own.utcoffset() == local.utcoffset() else f"{own:%H:%M}",
                is_over=one.ends_at <= now,
                is_now=one.starts_at <= now < one.ends_at,
                part=one.part_of(request.user),
                beside=at_once[one.starts_at] if at_once[one.starts_at] > 1 else 0,
                is_first=not lines or lines[-1].one.starts_at != one.starts_at,
            )
        )
    is_today = kickoff.local_date(now) == day
    context = {
        "kickoff": kickoff,
        "release": release,
        "day": day,
        "lines": lines,
        "everything": everything,
        "now": clock(now, kickoff.zone) if is_today else "",
        "now_before": next((one.one.row_id for one in lines if one.one.starts_at > now), 0),
        "zone_words": zone_name(kickoff.doors_open_at.astimezone(kickoff.zone)),
        "own_zone_words": zone_name(kickoff.doors_open_at.astimezone(own_zone)),
        "differs": any(line.own_time for line in lines),
        "promised": kickoff.starts_date - timedelta(weeks=READY_WEEKS),
    }
    return render(request, "agenda/sessions/mine.html", context)


@login_required
@require_GET
def show_released(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    kickoff, session = access.released_session_or_404(request.user, slug, session_id)
    own_zone = ZoneInfo(request.user.time_zone)
    local, own = (session.starts_at.astimezone(zone) for zone in (kickoff.zone, own_zone))
    context = {
        "kickoff": kickoff,
        "session": session,
        "type_class": TYPE_CLASSES[session.type],
        "people": list(session.people.all()),
        "when": when(session.starts_at, session.ends_at, kickoff.zone),
        "own_when": ""
        if own.utcoffset() == local.utcoffset()
        else when(session.starts_at, session.ends_at, own_zone),
        "day": kickoff.local_date(session.starts_at),
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
