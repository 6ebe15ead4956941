"""
Answering by the link of a mail, without signing in: opening it shows, and only a button answers.

The link is its invitee's. Somebody else who is signed in answers nothing by it: they may ask for a
place of their own, which a planner decides.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.answers import at_secret_address
from core.refusals import told_on
from events.attendance import access, actions
from events.attendance.forms import AnswerForm, SeatForm
from events.attendance.models import Attendee
from events.attendance.queries.seats import place_in_line
from events.attendance.rendering import calendar_file
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest, open_to_guests
from people.limits.actions import is_allowed
from people.limits.rules import Limit, digest

MOST_ANSWERS = (Limit(20, timedelta(minutes=10)),)  # each tells its invitee


@require_http_methods(["GET", "POST"])
@open_to_guests
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    attendee = access.link_or_404(token, at)
    if attendee is None:
        return at_secret_address(render(request, "events/attendance/link_gone.html", status=410))
    other = _somebody_else(request, attendee)
    if request.method == "POST":
        if not is_allowed(digest=digest("answer", token), limits=MOST_ANSWERS, at=at):
            return at_secret_address(render(request, "429.html", status=429))
        form = AnswerForm(request.POST)
        with told_on(request, actions.RosterRefused):
            if other:
                actions.ask_for_seat(attendee=attendee, by=other, at=at)
                messages.success(request, _("Asked. A planner decides, and you get a mail."))
            elif form.is_valid():
                actions.answer_invitation(
                    attendee=attendee, coming=form.cleaned_data["coming"], by=_own(request), at=at
                )
        return at_secret_address(redirect("events:answer_by_link", token=token))
    asked = other and attendee.seat_requests.filter(person=other).first()
    on_roster = other and Attendee.objects.filter(kickoff=attendee.kickoff, person=other).exists()
    context = {
        "kickoff": attendee.kickoff,
        "attendee": attendee,
        "other": other,
        "asked": asked,
        "on_roster": on_roster,
        "is_over": at >= attendee.kickoff.closes_at,
        "is_late": attendee.answer_by_at is not None and at >= attendee.answer_by_at,
        "line": place_in_line(attendee, at),
        "where": actions.where(attendee.kickoff),
        "calendar": reverse("events:calendar_by_link", args=[token]),
    }
    return at_secret_address(render(request, "events/attendance/link.html", context))


@require_GET
@open_to_guests
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The days of the kickoff as a file for calendars, for whoever holds the link."""
    attendee = access.link_or_404(token, timezone.now())
    if attendee is None:
        return at_secret_address(render(request, "events/attendance/link_gone.html", status=410))
    kickoff = attendee.kickoff
    file = calendar_file(
        uid=f"kickoff-{kickoff.pk}-{attendee.pk}@sko-planner",
        title=kickoff.name,
        place=actions.where(kickoff),
        first=kickoff.starts_date,
        last=kickoff.ends_date,
        changed_at=timezone.now(),
    )
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kickoff.slug}.ics"'
    return at_secret_address(response)


@login_required
@require_POST
def decide_seat(request: AuthenticatedRequest, slug: str, request_id: int) -> HttpResponse:
    asked = access.seat_request_to_decide_or_404(request.user, slug, request_id)
    form = SeatForm(request.POST)
    if form.is_valid():
        with told_on(request, actions.RosterRefused):
            granted = form.cleaned_data["decision"] == SeatForm.GRANT
            actions.decide_seat(
                request=asked,
                kind=form.cleaned_data["kind"],
                is_granted=granted,
                by=request.user,
                at=timezone.now(),
            )
            said = (
                _("%(name)s is invited.") if granted else _("%(name)s is told that there is none.")
            )
            messages.success(request, said % {"name": asked.person.full_name})
    return redirect("events:invitations:list", slug=slug)


def _somebody_else(request: HttpRequest, attendee: Attendee) -> Person | None:
    user = request.user
    return user if isinstance(user, Person) and user.pk != attendee.person_id else None


def _own(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
