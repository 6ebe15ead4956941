from collections.abc import Callable
from typing import Any

from allauth.account import views as sign_in_views
from allauth.account.internal.stagekit import unstash_login
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, Filter, ListSpec
from core.refusals import told_on
from people.accounts import actions, queries, rules, sign_in
from people.accounts.adapter import needs_code_too, start_as_if_mailed
from people.accounts.devices import device_of
from people.accounts.forms import PersonForm, ProfileForm, WelcomeForm
from people.accounts.models import Person, ReturnChange
from people.accounts.requests import AuthenticatedRequest, at_even_pace, has_lately_confirmed
from people.calendar.rules import part_of_country
from people.keys import actions as keys
from people.keys.queries import sessions_of
from people.keys.rules import session_digest
from people.org import access
from people.org.models import Region
from people.org.queries import chain_above, reports_of

_ACCESS = [
    ("yes", gettext_lazy("Signs in")),
    ("never", gettext_lazy("Never signed in")),
    ("no", gettext_lazy("Deactivated")),
]


def _by_access(people: QuerySet[Person], value: str) -> QuerySet[Person]:
    if value == "no":
        return people.filter(is_active=False)
    return people.filter(is_active=True, last_login__isnull=value == "never")


PEOPLE = ListSpec(
    columns=[
        Column("name", gettext_lazy("Name"), sort="full_name"),
        Column("function", gettext_lazy("Function"), sort=("function", "full_name"), narrow=False),
        Column("region", gettext_lazy("Region"), sort=("region__name", "full_name"), narrow=False),
        Column("team", gettext_lazy("Team"), sort=("team__name", "full_name"), narrow=False),
        Column(
            "manager",
            gettext_lazy("Manager"),
            sort=("manager__full_name", "full_name"),
            narrow=False,
        ),
        Column("role", gettext_lazy("Role"), sort=("role", "full_name"), narrow=False),
        Column("seen", gettext_lazy("Last sign-in"), sort="last_login"),
    ],
    filters=[
        Filter("access", gettext_lazy("Access"), _ACCESS, _by_access, chips=True),
        Filter(
            "function", gettext_lazy("Function"), Person.Function.choices, "function", chips=False
        ),
        Filter(
            "region",
            gettext_lazy("Region"),
            lambda: Region.objects.values_list("pk", "name"),
            "region_id",
            chips=False,
        ),
        Filter("role", gettext_lazy("Role"), Person.Role.choices, "role", chips=False),
    ],
    # Teams are searched for: a company of 5,000 has hundreds, too many to choose from
    search=["full_name", "preferred_name", "email", "employee_id", "job_title", "team__name"],
    default_sort="name",
)


@login_required
@require_GET
def show_list(request: AuthenticatedRequest) -> HttpResponse:
    access.directory_or_404(request.user)
    page = PEOPLE.page(queries.directory(), request.GET)
    return render(request, "people/accounts/list.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: AuthenticatedRequest) -> HttpResponse:
    access.planner_or_404(request.user)
    form = PersonForm(request.POST or None, editor=request.user)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["role"] and not has_lately_confirmed(request):
            raise ReauthenticationRequired
        try:
            invitation = actions.invite_person(**form.changes, by=request.user, at=timezone.now())
        except actions.PersonRefused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            messages.success(
                request,
                _("A link to sign in goes to %(email)s.") % {"email": invitation.person.email},
            )
            return redirect("people:accounts:detail", person_id=invitation.person_id)
    return render(request, "people/accounts/form.html", {"form": form})


@at_even_pace(when=needs_code_too)
def login(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = sign_in_views.login(request)
    return answer


@at_even_pace()
def request_login_code(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = sign_in_views.request_login_code(request)
    return answer


@at_even_pace(when=lambda request: request.POST.get("action") == "resend")
def confirm_login_code(request: HttpRequest) -> HttpResponse:
    """Take the code, or mail another one, which counts as asking for one does."""
    pending = unstash_login(request, peek=True)
    wants_another = pending is not None and request.POST.get("action") == "resend"
    if wants_another and not sign_in.may_ask_for_code(**_asked_by(request, pending.email)):
        return _too_many(request)
    if wants_another and pending.user is None:
        start_as_if_mailed()
    answer: HttpResponse = sign_in_views.confirm_login_code(request)
    return answer


@at_even_pace()
def reset_password(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = sign_in_views.password_reset(request)
    return answer


@login_required
@never_cache
def reauthenticate(request: AuthenticatedRequest) -> HttpResponse:
    """Ask for the password once more; whoever has none signs in anew, by a code."""
    if request.user.has_usable_password():
        return _confirming(request, sign_in_views.reauthenticate)
    target = get_next_redirect_url(request) or reverse("home")
    code_url = f"{reverse('account_request_login_code')}?{urlencode({'next': target})}"
    return render(request, "account/reauthenticate_by_code.html", {"code_url": code_url})


@login_required
@never_cache
@sensitive_post_parameters()
def change_password(request: AuthenticatedRequest) -> HttpResponse:
    return _confirming(request, sign_in_views.password_change)


@login_required
@never_cache
@sensitive_post_parameters()
def set_password(request: AuthenticatedRequest) -> HttpResponse:
    """A first password, by somebody who has just signed in: it confirms all else from then on."""
    if not (request.user.has_usable_password() or has_lately_confirmed(request)):
        # Not as elsewhere, which would put the password into the session until they come back
        asked = f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}"
        return redirect(asked)
    answer: HttpResponse = sign_in_views.password_set(request)
    return answer


def _confirming(
    request: AuthenticatedRequest, view: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """A page that asks for the password of whoever is signed in, so often a minute."""
    if request.method == "POST" and not sign_in.may_confirm(
        person_id=request.user.pk, at=timezone.now()
    ):
        return _too_many(request)
    return view(request)


def _asked_by(request: HttpRequest, email: str) -> dict[str, Any]:
    return {
        "email": email,
        "device": device_of(request),
        "address": get_ip(request),
        "at": timezone.now(),
    }


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


@login_required
@require_GET
def detail(request: AuthenticatedRequest, person_id: int) -> HttpResponse:
    person = access.person_or_404(request.user, person_id)
    now = timezone.now()
    invitation = getattr(person, "invitation", None)
    context = {
        "person": person,
        "managers": chain_above(person),
        "reports": reports_of(person, now),
        "part": part_of_country(
            country=person.country,
            subdivision=person.subdivision,
            time_zone=person.time_zone,
        ),
        "may_change_leave": request.user == person or request.user.is_planner,
        "leaves": person.leaves.not_over(timezone.localdate(now))
        if request.user == person or request.user.is_planner
        else [],
        "entries": queries.history_of(person)[:10] if request.user.is_planner else [],
        "invitation": invitation,
        "link_expires_at": invitation and rules.invitation_expires_at(invitation.invited_at),
        "now": now,
    }
    return render(request, "people/accounts/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, person_id: int) -> HttpResponse:
    person = access.person_to_edit_or_404(request.user, person_id)
    form = PersonForm(request.POST or None, instance=person, editor=request.user)
    if request.method == "POST" and form.is_valid():
        if {"role", "email"} & set(form.changed_data) and not has_lately_confirmed(request):
            # Whoever found a signed-in machine must not hand out roles or take over accounts
            raise ReauthenticationRequired
        try:
            actions.update_person(person=person, by=request.user, at=timezone.now(), **form.changes)
        except actions.PersonRefused as refusal:
            form.add_error(getattr(refusal, "field", "manager"), str(refusal))
            person.refresh_from_db()
        else:
            messages.success(request, _("%(name)s is changed.") % {"name": person.display_name})
            if ReturnChange.objects.filter(person=person).exists():
                messages.info(request, _("That they are back waits for RevOps."))
            return redirect("people:accounts:detail", person_id=person.pk)
    return render(request, "people/accounts/form.html", {"form": form, "person": person})


@login_required
@require_POST
def invite_again(request: AuthenticatedRequest, person_id: int) -> HttpResponse:
    person = access.person_to_edit_or_404(request.user, person_id)
    with told_on(request, actions.PersonRefused):
        actions.invite_again(person=person, by=request.user, at=timezone.now())
        messages.success(request, _("A new link goes to %(email)s.") % {"email": person.email})
    return redirect("people:accounts:detail", person_id=person.pk)


@login_required
@require_POST
def deactivate(request: AuthenticatedRequest, person_id: int) -> HttpResponse:
    person = access.person_to_edit_or_404(request.user, person_id)
    with told_on(request, actions.PersonRefused):
        actions.deactivate_person(person=person, by=request.user, at=timezone.now())
        messages.success(
            request, _("%(name)s can no longer sign in.") % {"name": person.display_name}
        )
    return redirect("people:accounts:detail", person_id=person.pk)


@login_required
@require_POST
def reactivate(request: AuthenticatedRequest, person_id: int) -> HttpResponse:
    person = access.person_to_edit_or_404(request.user, person_id)
    if actions.reactivate_person(person=person, by=request.user, at=timezone.now()):
        messages.success(request, _("%(name)s can sign in again.") % {"name": person.display_name})
    else:
        messages.info(request, _("That they are back waits for RevOps."))
    return redirect("people:accounts:detail", person_id=person.pk)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: AuthenticatedRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.update_profile(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Your profile is changed."))
        return redirect("people:accounts:profile")
    return render(request, "people/accounts/profile.html", {"form": form})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: choose a password, or go in without one. No sign-in needed."""
    now = timezone.now()
    invitation = queries.open_invitation(token, now)
    if invitation is None:
        return render(request, "people/accounts/welcome_closed.html", status=410)
    person = invitation.person
    wants_password = "without_password" not in request.POST
    form = WelcomeForm(
        request.POST if request.method == "POST" and wants_password else None, person=person
    )
    if request.method == "POST" and (not wants_password or form.is_valid()):
        password = form.cleaned_data["password"] if wants_password else None
        try:
            # Signed in as the one with the new password: a session is bound to it
            person = actions.accept_invitation(token=token, at=now, password=password)
        except actions.InvitationRefused:
            return render(request, "people/accounts/welcome_closed.html", status=410)
        return _sign_in(request, person)
    return render(request, "people/accounts/welcome.html", {"person": person, "form": form})


def _sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in whoever proved to read the person's mail; whoever was signed in here is out."""
    if request.user.is_authenticated:
        logout(request)
    response: HttpResponse = perform_login(request, person, email=person.email)
    return response


@login_required
@require_GET
def sessions(request: AuthenticatedRequest) -> HttpResponse:
    rows = [
        (session, *rules.browser_and_system(session.user_agent))
        for session in sessions_of(request.user, timezone.now())
    ]
    context = {"rows": rows, "current": session_digest(request.session.session_key or "")}
    return render(request, "people/accounts/sessions.html", context)


@login_required
@require_POST
def end_session(request: AuthenticatedRequest, digest: str) -> HttpResponse:
    if not keys.end_session(person=request.user, digest=digest):
        raise Http404
    messages.success(request, _("That device is signed out."))
    return redirect("people:accounts:sessions")


@login_required
@require_POST
def end_other_sessions(request: AuthenticatedRequest) -> HttpResponse:
    keys.end_other_sessions(person=request.user, session_key=request.session.session_key or "")
    messages.success(request, _("Every other device is signed out."))
    return redirect("people:accounts:sessions")
