from datetime import timedelta

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.answers import at_secret_address
from core.refusals import told_on
from events.attendance.actions import where
from events.attendance.queries import headcounts
from events.guests import access, actions, queries
from events.guests.forms import GuestForm
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest, open_to_guests
from people.limits.actions import is_allowed
from people.limits.rules import Limit, digest

MOST_TRIES = (Limit(20, timedelta(minutes=10)),)


@login_required
@require_GET
def list_guests(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    at = timezone.now()
    rows = [(guest, guest.lets_in(at)) for guest in queries.guests_of(kickoff)]
    context = {
        "kickoff": kickoff,
        "heads": headcounts(kickoff, at),
        "rows": rows,
        "staying": sum(guest.ended_at is None for guest, _is_open in rows),
    }
    return render(request, "events/guests/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            guest = actions.invite_guest(
                kickoff=kickoff, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.GuestRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            sent = _("A link goes to %(email)s.") % {"email": guest.person.email}
            messages.success(request, sent)
            return redirect("events:guests:list", slug=slug)
    context = {"kickoff": kickoff, "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/guests/form.html", context, status=status)


@login_required
@require_POST
def invite_again(request: AuthenticatedRequest, slug: str, guest_id: int) -> HttpResponse:
    guest = access.guest_to_plan_or_404(request.user, slug, guest_id)
    with told_on(request, actions.GuestRefused):
        actions.invite_again(guest=guest, by=request.user, at=timezone.now())
        sent = _("A new link goes to %(email)s.") % {"email": guest.person.email}
        messages.success(request, sent)
    return redirect("events:guests:list", slug=slug)


@login_required
@require_POST
def give_place(request: AuthenticatedRequest, slug: str, guest_id: int) -> HttpResponse:
    guest = access.guest_to_plan_or_404(request.user, slug, guest_id)
    actions.give_place(guest=guest, by=request.user, at=timezone.now())
    said = _("%(name)s is on the roster.") % {"name": guest.person.full_name}
    messages.success(request, said)
    return redirect("events:guests:list", slug=slug)


@login_required
@require_POST
def end(request: AuthenticatedRequest, slug: str, guest_id: int) -> HttpResponse:
    guest = access.guest_to_plan_or_404(request.user, slug, guest_id)
    actions.end_guest(guest=guest, by=request.user, at=timezone.now())
    said = _("%(name)s sees nothing of this kickoff any more.") % {"name": guest.person.full_name}
    messages.success(request, said)
    return redirect("events:guests:list", slug=slug)


@login_required
@require_POST
def make_colleague(request: AuthenticatedRequest, slug: str, guest_id: int) -> HttpResponse:
    guest = access.guest_to_plan_or_404(request.user, slug, guest_id)
    with told_on(request, actions.GuestRefused):
        actions.make_colleague(guest=guest, by=request.user, at=timezone.now())
        said = _("%(name)s has a full account now.") % {"name": guest.person.full_name}
        messages.success(request, said)
    return redirect("events:guests:list", slug=slug)


@login_required
@require_GET
@open_to_guests
def home(request: AuthenticatedRequest) -> HttpResponse:
    """All that a guest sees: what waits for them, and what is theirs, a kickoff each."""
    access.guest_or_404(request.user)
    at = timezone.now()
    stays = [(stay, where(stay.guest.kickoff)) for stay in queries.stays_of(request.user, at)]
    return render(request, "events/guests/home.html", {"stays": stays})


@require_http_methods(["GET", "POST"])
@open_to_guests
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: opening it shows, and a button lets in, once."""
    at = timezone.now()
    guest = access.link_or_404(token)
    if request.method == "POST" and guest is not None:
        if not is_allowed(digest=digest("guest", token), limits=MOST_TRIES, at=at):
            return at_secret_address(render(request, "429.html", status=429))
        try:
            person = actions.let_in(guest=guest, at=at)
        except actions.GuestRefused:
            return _closed(request)
        return at_secret_address(_sign_in(request, person))
    if guest is None or not guest.lets_in(at) or not guest.kickoff.is_shown_to_people:
        own = request.user
        if guest and isinstance(own, Person) and own.pk == guest.person_id:
            return at_secret_address(redirect("events:guests:home"))
        return _closed(request)
    context = {"guest": guest, "kickoff": guest.kickoff, "where": where(guest.kickoff)}
    return at_secret_address(render(request, "events/guests/link.html", context))


def _closed(request: HttpRequest) -> HttpResponse:
    return at_secret_address(render(request, "events/guests/link_gone.html", status=410))


def _sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in whoever proved to read the guest's mail; whoever was signed in here is out."""
    if request.user.is_authenticated:
        logout(request)
    response: HttpResponse = perform_login(request, person, email=person.email)
    return response
