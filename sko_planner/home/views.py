from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agenda.insights.access import kickoff_of_board_or_404
from agenda.sessions.access import kickoff_of_speaker_or_404
from agenda.sessions.rules import agenda_day
from core.once import asking_once
from events.guests.access import guest_at_or_404
from events.kickoff import access
from events.kickoff.rules import day_of
from events.packets.delivery.access import approval_or_404
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest, open_to_guests
from people.waiting.queries import waits_at
from people.waiting.rules import row_of
from reinforcement.touches.access import kickoff_of_manager_or_404
from sko_planner.home import executive, planner, rep
from sko_planner.home.after import after_of, drive_of
from sko_planner.home.during import missing_of, today_of
from sko_planner.navigation import Navigation


@require_GET
@login_required
@open_to_guests
def home(request: AuthenticatedRequest) -> HttpResponse:
    """The first page of the kickoff that matters most today; the list where there is none."""
    if request.user.is_guest:
        return redirect("events:guests:home")
    nav = Navigation(request)
    if nav.foremost is None:
        return redirect("events:kickoff:list")
    return redirect(nav.kickoff_url(nav.foremost))


@require_GET
@login_required
@open_to_guests
def kickoff_home(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The first page of a kickoff, by what a person is there: planner, manager, rep, owner of insights …"""
    person = request.user
    if person.is_guest:
        guest_at_or_404(person, slug)
        return redirect("events:guests:home")
    if person.is_planner:
        return planner_home(request, slug)
    if person.is_executive:
        return executive_home(request, slug)
    if person.is_revops:
        return redirect("events:packets:delivery:desk", slug)
    try:
        kickoff_of_manager_or_404(person, slug)
    except Http404:
        pass
    else:
        return redirect("reinforcement:coaching:team", slug)
    try:
        access.kickoff_as_attendee_or_404(person, slug)
    except Http404:
        return _home_beside_the_roster(person, slug)
    return redirect("my_kickoff", slug)


def _home_beside_the_roster(person: Person, slug: str) -> HttpResponse:
    """
    Whoever approves packets, answers insights or leads a session need not be on the roster: what
    waits for them.
    """
    homes: tuple[tuple[Callable[[Person, str], object], str], ...] = (
        (approval_or_404, "events:packets:delivery:approval"),
        (kickoff_of_board_or_404, "agenda:insights:board"),
    )
    for gate, page in homes:
        try:
            gate(person, slug)
        except Http404:
            continue
        return redirect(page, slug)
    kickoff_of_speaker_or_404(person, slug)
    return redirect("agenda:sessions:speaking", slug)


@require_GET
@login_required
@asking_once()
def planner_home(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What waits, then the face of the day: what is missing before, the day during, what is kept after."""
    kickoff = access.kickoff_to_plan_or_404(request.user, slug)
    at = timezone.now()
    phase = day_of(kickoff.starts_date, kickoff.ends_date, kickoff.local_date(at)).phase
    context = planner.status_of(kickoff, at) | {
        "kickoff": kickoff,
        "waits": waits_at(kickoff.slug, request.user, at),
        "at": at,
    }
    if phase == "before":
        context |= planner.tasks_of(kickoff, at) | {"today": kickoff.local_date(at)}
    elif phase == "during":
        missing = missing_of(context["people"], context["prework"])
        context |= {"now": today_of(kickoff, at), "missing": missing}
    else:
        context |= {"after": after_of(kickoff, at), "drive": drive_of(kickoff, at)}
    return render(request, f"sko_planner/home/planner_{phase}.html", context)


@require_GET
@login_required
@asking_once()
def executive_home(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What waits, then pictures, with no link that leads to work of others: for executive sponsors."""
    kickoff = access.kickoff_to_watch_or_404(request.user, slug)
    at = timezone.now()
    status = planner.status_of(kickoff, at)
    is_over = kickoff.local_date(at) > kickoff.ends_date
    context = status | {
        "kickoff": kickoff,
        "waits": waits_at(kickoff.slug, request.user, at),
        "roster": executive.roster_chart(status["people"]),
        "coaching": executive.coaching_of(kickoff, at),
        "after": after_of(kickoff, at) if is_over else None,
        "heard": executive.heard_at(kickoff, at) if is_over else None,
    }
    return render(request, "sko_planner/home/executive.html", context)


@require_GET
@login_required
@open_to_guests
def my_kickoff(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What is next for me, then all that is mine: for everybody on the roster; a guest has a home."""
    if request.user.is_guest:
        return kickoff_home(request, slug)
    kickoff = access.kickoff_as_attendee_or_404(request.user, slug)
    at = timezone.now()
    mine = rep.my_kickoff(request.user, kickoff, at)
    first = rep.next_thing(request.user, kickoff, mine, at)
    context = {
        "kickoff": kickoff,
        "mine": mine,
        "next": first,
        "others": [row_of(item, at, kickoff.zone) for item in mine.beside(first)],
        "sessions": mine.around(at),
        "now_before": rep.now_line(mine, at),
        "at": at,
        "is_over": agenda_day(at, kickoff.zone) > kickoff.ends_date,
    }
    return render(request, "sko_planner/home/rep.html", context)
