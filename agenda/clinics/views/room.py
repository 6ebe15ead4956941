"""A group in its room: the facilitator's page, a member's on a phone, and what planners see of all."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.clinics import access, actions, queries, rules
from agenda.clinics.forms import ScoreForm, TimingForm
from agenda.clinics.queries import InRoom
from core.refusals import told_on
from events.kickoff.access import kickoff_as_attendee_or_404, kickoff_to_plan_or_404
from events.strategies.rules import LETTERS, SCORES
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest

ROOMS_SHOWN = 25  # on a page of the board
WEEK = timedelta(weeks=1)  # until an action is due, where nobody says another day


@login_required
@require_GET
def mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The groups of somebody, the one that is on or comes next first."""
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    at = timezone.now()
    rooms = queries.rooms_of(kickoff, at, request.user)
    first = next((one for one in rooms if not one.is_over(at)), rooms[-1] if rooms else None)
    context = {
        "kickoff": kickoff,
        "rooms": [one for one in rooms if one is not first],
        "steps": queries.own_steps(request.user, kickoff),
        "sheets": queries.sheets_about(kickoff, [request.user.pk], with_steps=False),
    }
    if first:
        context |= _live(request.user, first, at)
    return render(request, "agenda/clinics/mine.html", context)


@login_required
@require_GET
def now(request: AuthenticatedRequest, slug: str, group_id: int) -> HttpResponse:
    """What a member's page asks for again and again: nothing, while nothing is new."""
    seated = access.own_room_or_404(request.user, slug, group_id)
    at = timezone.now()
    context = _live(request.user, queries.in_room(seated, at), at)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "agenda/clinics/_live.html", context)


@login_required
@require_POST
def score(request: AuthenticatedRequest, slug: str, group_id: int) -> HttpResponse:
    """A member's own scores of the deal that is on."""
    seated = access.own_room_or_404(request.user, slug, group_id)
    form = ScoreForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not kept: give each of the eight letters a score, 0 too."))
    else:
        with told_on(request, actions.ClinicRefused):
            actions.score(
                seated=seated,
                turn=form.cleaned_data["turn"],
                letters=form.letters,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Kept, without your name for the others."))
    return redirect("agenda:clinics:mine", slug=slug)


@login_required
@require_GET
def lead(request: AuthenticatedRequest, slug: str, group_id: int) -> HttpResponse:
    """The facilitator's page: a frame that a device keeps; what is in it comes by the API."""
    seated = access.room_to_lead_or_404(request.user, slug, group_id)
    at = timezone.now()
    kickoff = seated.grouping.kickoff
    context = {
        "kickoff": kickoff,
        "seated": seated,
        "parts": rules.PARTS,
        "letters": LETTERS,
        "scores": SCORES,
        "verdicts": rules.VERDICTS,
        "day": kickoff.local_date(at) + WEEK,
    }
    return render(request, "agenda/clinics/room.html", context)


@login_required
@require_POST
def take(request: AuthenticatedRequest, slug: str, group_id: int) -> HttpResponse:
    """Take the facilitator's page over: they are ill, or their phone is."""
    seated = access.room_to_take_or_404(request.user, slug, group_id)
    actions.take_over(seated=seated, by=request.user, at=timezone.now())
    return redirect("agenda:clinics:room", slug=slug, group_id=group_id)


@login_required
@require_GET
def board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """For planners: every group of every round, who leads it and how far it is."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    at = timezone.now()
    lines = queries.lines_of(kickoff, at)
    page = Paginator(lines, ROOMS_SHOWN).get_page(request.GET.get("page"))
    queries.fill(list(page), kickoff)
    context = {
        "kickoff": kickoff,
        "page": page,
        "parts": [
            (part, heading, [one for one in page if one.part == part])
            for part, heading in (("on", _("On now")), ("ahead", _("To come")), ("over", _("Over")))
        ],
        "minutes": sum(queries.minutes_of(kickoff)),
    }
    return render(request, "agenda/clinics/board.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def timing(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """How long each part of a deal is."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = TimingForm(request.POST or None, minutes=queries.minutes_of(kickoff))
    if form.is_valid():
        actions.set_timing(
            kickoff=kickoff, minutes=form.minutes, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Kept. A clock that runs keeps the time that it has."))
        return redirect("agenda:clinics:board", slug=slug)
    return render(request, "agenda/clinics/timing.html", {"kickoff": kickoff, "form": form})


def _live(person: Person, inside: InRoom, at: datetime) -> dict[str, Any]:
    """What a member sees of a room; `seen` changes once something that they see has."""
    deal = inside.now
    state = deal.turn if deal else None
    scores = rules.spreads(state.scores.values()) if state and state.shown_at else []
    own = state.scores.get(person.pk) if state else None
    part = state.clock.part if state and state.clock else ""
    told = (deal.key if deal else "", part, state and state.shown_at, len(inside.ahead))
    return {
        "kickoff": inside.kickoff,
        "inside": inside,
        "deal": deal,
        "seen": "|".join(str(one or "") for one in (*told, bool(own), inside.leader_id)),
        "part": rules.PARTS[state.clock.part] if state and state.clock else None,
        "ends_at": state.clock.ends_at(at) if state and state.clock else None,
        "is_theirs": deal is not None and deal.person == person,
        "leads": inside.leader_id == person.pk,
        "own": own,
        "scores": scores,
        "heading": rules.heading(scores) if scores else "",
        # What one can score: each letter with what the form says, and what one gave it before
        "rows": []
        if deal is None or scores
        else [(one, known, own and own.get(one.key)) for one, known in deal.content.known()],
        "choices": SCORES,
    }
