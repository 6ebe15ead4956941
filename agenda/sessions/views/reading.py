"""What people see: the released agenda, one session of it, and what speakers owe."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
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
from agenda.sessions.hooks import beside, seats_of
from agenda.sessions.models import SessionType
from agenda.sessions.queries import released
from agenda.sessions.queries.changes import last_release
from agenda.sessions.queries.released import Shown
from agenda.sessions.queries.types import TYPE_CLASSES
from agenda.sessions.queries.words import when
from agenda.sessions.rules import agenda_day, day_bounds, ready_date
from agenda.sessions.views.planning import chosen_day
from core.ui.figures import clock, moment, zone_name
from events.kickoff.access import kickoff_or_404, kickoffs_attended_by
from events.kickoff.models import Kickoff
from events.packets.inquiries.queries import reviews_between
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.waiting.queries import waits_at


@dataclass(frozen=True, slots=True)
class Item:
    """A session, or something else that a person has that day, in as few words as a phone holds."""

    starts_at: datetime
    ends_at: datetime
    url: str
    title: str
    note: str
    type_class: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """
    An item in a day's list. `beside` is how many begin at that time, where there are more than
    one: people choose.
    """

    item: Item
    time: str
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
    if release is not None:
        record_look(kickoff=kickoff, by=request.user, at=now)
    items: list[Item] = []
    seats = seats_of(kickoff, request.user) if release else {}
    if release is not None and everything:
        items = _sessions(released.whole_day(kickoff, day), kickoff, request.user, now, seats)
    elif release is not None:
        # Whom it is for goes without saying
        mine = [replace(one, audience="") for one in released.day_for(request.user, kickoff, day)]
        items = _sessions(mine, kickoff, request.user, now, seats)
        items += _reviews(kickoff, request.user, day, now)
        items.sort(key=lambda item: item.starts_at)
    is_today = agenda_day(now, kickoff.zone) == day
    lines = _lines(items, kickoff, now)
    over = _folded(lines) if is_today else []
    first_at = items[0].starts_at if items else kickoff.doors_open_at
    context = {
        "kickoff": kickoff,
        "release": release,
        "day": day,
        "over": over,
        "lines": lines[len(over) :],
        "everything": everything,
        "now": clock(now, kickoff.zone) if is_today else "",
        "is_last": not any(line.is_after_now for line in lines),
        "zone_words": zone_name(first_at.astimezone(kickoff.zone)),
        "first_time": clock(first_at, kickoff.zone),
        "own_first_time": _elsewhere(first_at, kickoff, request.user),
        "promised": ready_date(kickoff.starts_date),
    }
    return render(request, "agenda/sessions/mine.html", context)


def _sessions(
    shown: list[Shown],
    kickoff: Kickoff,
    person: Person,
    now: datetime,
    seats: Mapping[int, str],
) -> list[Item]:
    # One address for all of them, with the number put in: a hundred look-ups are slow
    url = reverse("agenda:sessions:released", kwargs={"slug": kickoff.slug, "session_id": 0})
    return [
        Item(
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            url=f"{url.removesuffix('0/')}{one.id}/",
            title=one.title,
            note=_note(one, kickoff, person, now, seats.get(one.id, "")),
            type_class=one.type_class,
        )
        for one in shown
    ]


def _reviews(kickoff: Kickoff, person: Person, day: date, now: datetime) -> list[Item]:
    """Talks about a packet that day: the person's own with their manager, and those with reps."""
    pages = "events:packets:inquiries:"
    items = []
    for slot in reviews_between(kickoff, person, *day_bounds(day, kickoff.zone)):
        is_mine = slot.rep_id == person.pk
        with_whom = slot.manager if is_mine else slot.rep
        items.append(
            Item(
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                url=reverse(pages + ("review" if is_mine else "slots"), args=[kickoff.slug]),
                title=_("Review with %(name)s")
                % {"name": with_whom.full_name if with_whom else ""},
                note=_facts(slot.place, slot.ends_at, kickoff, now),
            )
        )
    return items


def _lines(items: list[Item], kickoff: Kickoff, now: datetime) -> list[Line]:
    at_once = Counter(item.starts_at for item in items)
    first_ahead = next((item for item in items if item.starts_at > now), None)
    lines: list[Line] = []
    for item in items:
        lines.append(
            Line(
                item=item,
                time=clock(item.starts_at, kickoff.zone),
                beside=at_once[item.starts_at] if at_once[item.starts_at] > 1 else 0,
                is_first=not lines or lines[-1].item.starts_at != item.starts_at,
                is_over=item.ends_at <= now,
                is_now=item.starts_at <= now < item.ends_at,
                is_after_now=item is first_ahead,
            )
        )
    return lines


def _folded(lines: list[Line]) -> list[Line]:
    """What began and ended before all that is left: out of the way, so that a day opens at now."""
    left = next((line.item.starts_at for line in lines if not line.is_over), None)
    return [line for line in lines if left is not None and line.item.starts_at < left]


def _elsewhere(at: datetime, kickoff: Kickoff, person: Person) -> str:
    """A moment on the person's own clock, where that differs from the event's."""
    own_zone = ZoneInfo(person.time_zone)
    if at.astimezone(own_zone).utcoffset() == at.astimezone(kickoff.zone).utcoffset():
        return ""
    return moment(at, own_zone)


def _note(one: Shown, kickoff: Kickoff, person: Person, now: datetime, seat: str) -> str:
    part = one.part_of(person)
    role = {"SPEAKER": _("you speak"), "FACILITATOR": _("you facilitate")}.get(part, "")
    return _facts(
        one.where,
        one.ends_at,
        kickoff,
        now,
        seat,
        role or isolated(", ".join(one.names)),
        _("only %(audience)s") % {"audience": one.audience} if one.audience else "",
    )


def _facts(where: str, ends_at: datetime, kickoff: Kickoff, now: datetime, *more: str) -> str:
    """Where, until when, and more; what people wrote is kept apart from the words around it."""
    until = _("until %(time)s") % {"time": clock(ends_at, kickoff.zone)}
    ended = _("ended") if ends_at <= now else ""
    return " · ".join(filter(None, (ended, isolated(where), until, *more)))


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
        "beside": beside(kickoff, session.session_id, session.type, request.user),
        "may_note": kickoffs_attended_by(request.user).filter(pk=kickoff.pk).exists(),
        "when": when(session.starts_at, session.ends_at, kickoff.zone),
        "own_when": ""
        if own.utcoffset() == local.utcoffset()
        else when(session.starts_at, session.ends_at, own_zone),
        "day": agenda_day(session.starts_at, kickoff.zone),
        "has_begun": session.starts_at <= timezone.now(),
    }
    return render(request, "agenda/sessions/released.html", context)


@login_required
@require_GET
def show_speaking(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_of_speaker_or_404(request.user, slug)
    at = timezone.now()
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
        "waits": waits_at(kickoff.slug, request.user, at),
        "ready_date": ready_date(kickoff.starts_date),
    }
    return render(request, "agenda/sessions/speaking.html", context)
