"""One person of a roster, for those who plan."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from events.attendance import access, hooks, queries
from people.accounts.requests import AuthenticatedRequest

# What the trail has of a place on a roster, in the words of a planner
_HISTORY = {
    "attendee.added": gettext_lazy("Put on the roster"),
    "attendee.invited": gettext_lazy("Invited"),
    "attendee.answered": gettext_lazy("Answered"),
    "attendee.kind": gettext_lazy("Takes part as something else"),
    "attendee.offered": gettext_lazy("Offered a place"),
    "attendee.offer_lapsed": gettext_lazy("The offer lapsed"),
    "attendee.substitute_named": gettext_lazy("Named as a substitute"),
    "attendee.seat_asked": gettext_lazy("Asked for a place"),
    "attendee.seat_granted": gettext_lazy("Given a place"),
    "needs.taken_over": gettext_lazy("Travel or room taken from a list"),
}


@login_required
@require_GET
def show_attendee(request: AuthenticatedRequest, slug: str, attendee_id: int) -> HttpResponse:
    """What a kickoff knows of one person, each part as far as its reader may see it."""
    attendee = access.attendee_to_plan_or_404(request.user, slug, attendee_id)
    facts = [one for one in hooks.show_attendee(attendee, request.user, timezone.now()) if one]
    context = {
        "kickoff": attendee.kickoff,
        "attendee": attendee,
        "facts": facts,
        "told": queries.told(attendee),
        "history": [(one, _HISTORY[one.verb]) for one in queries.history(attendee, _HISTORY)],
    }
    return render(request, "events/attendance/person.html", context)
