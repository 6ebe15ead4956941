"""The waiting list, and how many places there are."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, ListSpec
from core.refusals import told_on
from events.attendance import access, actions
from events.attendance import queries as roster_queries
from events.attendance.forms import PlacesForm, SubstituteForm
from events.attendance.queries import headcounts
from events.attendance.queries import seats as queries
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest

_LIST = ListSpec(
    columns=[
        Column("name", gettext_lazy("Person")),
        Column("kind", gettext_lazy("Takes part as"), narrow=False),
        Column("since", gettext_lazy("Said yes"), narrow=False),
        Column("state", gettext_lazy("State")),
        Column("act", ""),
    ],
    default_order=["lapsed", "by_kind", "by_region", "answered_at"],
    search=["person__full_name", "person__email"],
)


@login_required
@require_GET
def show_waiting(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    at = timezone.now()
    rows = queries.places(kickoff)
    context = {
        "kickoff": kickoff,
        "heads": headcounts(kickoff, at),
        "limits": [
            (row, part)
            for row, part in zip(
                [row for row in rows if row.limit is not None],
                queries.limits(rows, at),
                strict=True,
            )
        ],
        "hours": rows[0].hours if rows else 0,
        "page": _LIST.page(queries.waiting_list(kickoff, rows, at), request.GET),
    }
    return render(request, "events/attendance/waiting.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_places(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = PlacesForm(
        request.POST if request.method == "POST" else None,
        rows=queries.places(kickoff),
        regions=roster_queries.regions(kickoff),
    )
    if form.is_valid():
        actions.set_places(
            kickoff=kickoff,
            said=form.said,
            hours=form.cleaned_data["hours"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Kept. Nobody loses a place that they have."))
        return redirect("events:attendance:waiting", slug=slug)
    status = 422 if form.errors else 200
    context = {"kickoff": kickoff, "form": form}
    return render(request, "events/attendance/places.html", context, status=status)


@login_required
@require_POST
def decide(request: AuthenticatedRequest, slug: str, attendee_id: int) -> HttpResponse:
    """Offer somebody a place out of turn, or take the one that they are offered for them."""
    attendee = access.attendee_to_plan_or_404(request.user, slug, attendee_id)
    at = timezone.now()
    with told_on(request, actions.RosterRefused):
        if attendee.offered_until is None:
            actions.offer_seat(attendee=attendee, by=request.user, at=at)
            said = _("%(name)s is offered a place.")
        else:
            actions.answer_invitation(attendee=attendee, coming=True, by=request.user, at=at)
            said = _("%(name)s has the place.")
        messages.success(request, said % {"name": attendee.person.full_name})
    return redirect("events:attendance:waiting", slug=slug)


@login_required
@require_POST
def name_substitute(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    attendee = access.own_attendance_or_404(request.user, slug)
    at = timezone.now()
    form = SubstituteForm(request.POST, colleagues=queries.colleagues(attendee, at))
    if form.is_valid():
        with told_on(request, actions.RosterRefused):
            actions.name_substitute(
                attendee=attendee, person=form.cleaned_data["person"], by=request.user, at=at
            )
            messages.success(request, _("Thank you. A planner asks them."))
    else:
        messages.error(request, _("Name a colleague of your team who is not on the roster."))
    return redirect("events:attendance:answer", slug=slug)
