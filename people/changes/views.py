from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, ListSpec
from core.refusals import told_on
from people.accounts import addresses, returns, roles
from people.accounts.models import Person
from people.accounts.queries import waiting_address
from people.accounts.requests import AuthenticatedRequest, has_lately_confirmed
from people.changes import access, queries
from people.changes.forms import chosen_managers
from people.org import actions

MANAGERS = ListSpec(
    columns=[
        Column("pick", ""),
        Column("person", gettext_lazy("Person"), sort="full_name"),
        Column("from", gettext_lazy("From"), sort=("confirmed_manager__full_name", "full_name")),
        Column("to", gettext_lazy("To"), sort=("manager__full_name", "full_name")),
        Column(
            "asked",
            gettext_lazy("Asked for"),
            sort=("manager_change__asked_at", "full_name"),
            narrow=False,
        ),
    ],
    search=["full_name", "manager__full_name", "confirmed_manager__full_name"],
    default_order=["-manager_change__asked_at", "full_name"],
    per_page=100,
)


@login_required
@require_GET
def show_list(request: AuthenticatedRequest) -> HttpResponse:
    access.changes_or_404(request.user)
    page = MANAGERS.page(queries.new_managers(), request.GET)
    context = {
        "page": page,
        "batches": queries.batches(),
        "addresses": queries.new_addresses(),
        "roles": queries.new_revops(),
        "returns": queries.returning(),
    }
    return render(request, "people/changes/list.html", context)


@login_required
@require_POST
def confirm(request: AuthenticatedRequest) -> HttpResponse:
    return _decide(request, actions.confirm_managers, _confirmed)


@login_required
@require_POST
def put_back(request: AuthenticatedRequest) -> HttpResponse:
    return _decide(request, actions.refuse_managers, _refused)


def _decide(
    request: AuthenticatedRequest,
    act: Callable[..., list[Person]],
    said: Callable[[int], str],
) -> HttpResponse:
    access.changes_or_404(request.user)
    if not has_lately_confirmed(request):
        # Whoever found a signed-in machine must not open packets to anybody
        raise ReauthenticationRequired
    batch = request.POST.get("batch", "")
    is_batch = batch.isascii() and batch.isdigit() and len(batch) < 19
    changes = (
        queries.changes_of_batch(int(batch))
        if is_batch
        else chosen_managers(request.POST.getlist("change"))
    )
    with told_on(request, actions.OrgRefused):
        done = act(changes=changes, by=request.user, at=timezone.now())
        if done:
            messages.success(request, said(len(done)))
        if missed := len(changes) - len(done):
            messages.warning(request, _missed(missed))
        if not changes:
            messages.warning(request, _missed(0))
    return redirect("people:changes:list")


@login_required
@require_POST
def decide_address(request: AuthenticatedRequest, change_id: int) -> HttpResponse:
    access.changes_or_404(request.user)
    if "agree" in request.POST:
        said = _("%(name)s signs in as %(email)s.")
        return _decide_one(request, addresses.agree_to_address, change_id, said)
    said = _("%(name)s keeps %(email)s.")
    return _decide_one(request, addresses.refuse_address, change_id, said)


@login_required
@require_POST
def decide_role(request: AuthenticatedRequest, change_id: int) -> HttpResponse:
    access.changes_or_404(request.user)
    if "agree" in request.POST:
        return _decide_one(request, roles.agree_to_role, change_id, _("%(name)s is RevOps now."))
    return _decide_one(request, roles.refuse_role, change_id, _("%(name)s is not RevOps."))


@login_required
@require_POST
def decide_return(request: AuthenticatedRequest, change_id: int) -> HttpResponse:
    access.changes_or_404(request.user)
    if "agree" in request.POST:
        said = _("%(name)s has their account back, and signs in anew.")
        return _decide_one(request, returns.agree_to_return, change_id, said)
    said = _("%(name)s stays as one who has left.")
    return _decide_one(request, returns.refuse_return, change_id, said)


@login_required
@require_POST
def agree_to_returns(request: AuthenticatedRequest) -> HttpResponse:
    access.changes_or_404(request.user)
    if not has_lately_confirmed(request):
        raise ReauthenticationRequired
    with told_on(request, returns.ReturnRefused):
        count = returns.agree_to_all(by=request.user, at=timezone.now())
        said = ngettext(
            "%(count)d person has their account back.",
            "%(count)d people have their accounts back.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("people:changes:list")


def _decide_one(
    request: AuthenticatedRequest, act: Callable[..., Person], change_id: int, said: str
) -> HttpResponse:
    if not has_lately_confirmed(request):
        raise ReauthenticationRequired
    with told_on(request, addresses.AddressRefused, roles.RoleRefused, returns.ReturnRefused):
        person = act(change_id=change_id, by=request.user, at=timezone.now())
        messages.success(request, said % {"name": person.full_name, "email": person.email})
    return redirect("people:changes:list")


@never_cache
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, token: str) -> HttpResponse:
    """The link that went to an old address: agree to the new one, or not. No sign-in needed."""
    change = waiting_address(token)
    if change is None:
        return render(request, "people/changes/address_decided.html", status=410)
    if request.method != "POST":
        return render(request, "people/changes/address.html", {"change": change})
    agrees = "agree" in request.POST
    try:
        person = addresses.agree_by_link(token=token, agrees=agrees, at=timezone.now())
    except addresses.AddressRefused as refusal:
        return render(
            request, "people/changes/address_decided.html", {"refusal": refusal}, status=410
        )
    context = {"person": person, "agrees": agrees}
    return render(request, "people/changes/address_decided.html", context)


def _confirmed(count: int) -> str:
    return ngettext(
        "%(count)d new manager is confirmed.", "%(count)d new managers are confirmed.", count
    ) % {"count": count}


def _refused(count: int) -> str:
    return ngettext(
        "%(count)d person is back under their manager.",
        "%(count)d people are back under their managers.",
        count,
    ) % {"count": count}


def _missed(count: int) -> str:
    if not count:
        return _("Nothing was chosen, or it was decided in the meantime.")
    return ngettext(
        "%(count)d change was made anew or decided in the meantime. Look at it again.",
        "%(count)d changes were made anew or decided in the meantime. Look at them again.",
        count,
    ) % {"count": count}
