from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agenda.door.rendering import drawn
from agenda.presence import access, actions, queries, rules
from agenda.presence.forms import CodeForm
from agenda.rooms.models import Room
from core.refusals import told_in, told_on
from events.attendance.access import own_attendance_or_404
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def show_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """One's own day with where one was; posted, the code on a screen."""
    attendee = own_attendance_or_404(request.user, slug)
    at = timezone.now()
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with told_in(form, actions.PresenceRefused, field="code"):
            session = actions.say_here(attendee=attendee, code=form.cleaned_data["code"], at=at)
            messages.success(request, _("You are in “%(title)s”.") % {"title": session.title})
            return redirect("agenda:presence:mine", slug=slug)
    day = queries.own_day(request.user, attendee.kickoff, at)
    context = {"kickoff": attendee.kickoff, "form": form, "day": day}
    return render(request, "agenda/presence/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def show_room(request: AuthenticatedRequest, slug: str, room_id: int, code: str) -> HttpResponse:
    """What a phone opens that reads the code on a wall; one tap says that one is here."""
    attendee, room = access.room_or_404(request.user, slug, room_id, code)
    at = timezone.now()
    if request.method == "POST":
        with told_on(request, actions.PresenceRefused):
            session = actions.say_in_room(attendee=attendee, room=room, at=at)
            messages.success(request, _("You are in “%(title)s”.") % {"title": session.title})
        return redirect("agenda:presence:mine", slug=slug)
    context = {"kickoff": room.kickoff, "room": room, "session": queries.running_in(room, at)}
    return render(request, "agenda/presence/room.html", context)


@login_required
@require_GET
def show_board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """For planners: who was in which session, by count, and the codes for the walls."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    context = {"kickoff": kickoff, "lines": queries.board(kickoff, timezone.now())}
    return render(request, "agenda/presence/board.html", context)


@login_required
@require_GET
def show_rooms(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The codes for the walls, to print: one for each room."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    rooms = [
        (room, drawn(_address(slug, room.pk))) for room in Room.objects.filter(kickoff=kickoff)
    ]
    return render(request, "agenda/presence/rooms.html", {"kickoff": kickoff, "rooms": rooms})


@login_required
@require_GET
def show_screen(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    """The code of a session, large, which asks for itself anew."""
    kickoff, session = access.screen_or_404(request.user, slug, session_id)
    at = timezone.now()
    is_counted = rules.is_counted(session.starts_at, session.ends_at, at)
    code = rules.screen_code(queries.secret(), session_id, at) if is_counted else ""
    context = {"kickoff": kickoff, "session": session, "code": code}
    of_code = request.headers.get("HX-Request") == "true"
    template = "agenda/presence/_code.html" if of_code else "agenda/presence/screen.html"
    return render(request, template, context)


def _address(slug: str, room_id: int) -> str:
    code = rules.room_code(queries.secret(), room_id)
    path = reverse("agenda:presence:room", args=[slug, room_id, code])
    return f"{settings.SITE_URL}{path}"
