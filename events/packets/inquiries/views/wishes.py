"""A wish for another quota: made by the rep, commented on by a manager, decided by RevOps."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.packets.delivery.queries import version_in_force
from events.packets.inquiries import access, actions, queries
from events.packets.inquiries.forms import CommentForm, DecisionForm, WishForm
from events.packets.inquiries.rules import states
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def make(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, _packet, version = access.mine_or_404(request.user, slug)
    if version is None:
        return redirect("events:packets:delivery:mine", slug=slug)
    if request.method == "GET" and (made := queries.open_wish(version)) is not None:
        return redirect("events:packets:inquiries:wish", slug=slug, wish_id=made.pk)
    form = WishForm(request.POST if request.method == "POST" else None, currency=version.currency)
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="amount"):
            wish = actions.make_wish(
                version_id=version.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Your wish is with RevOps and your manager."))
            return redirect("events:packets:inquiries:wish", slug=slug, wish_id=wish.pk)
    context = {
        "kickoff": kickoff,
        "version": version,
        "quota": version.read().quota.amount,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "events/packets/inquiries/make_wish.html", context, status=status)


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def wish(request: AuthenticatedRequest, slug: str, wish_id: int) -> HttpResponse:
    return _page(request, access.wish_or_404(request.user, slug, wish_id))


@login_required
@require_POST
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def comment(request: AuthenticatedRequest, slug: str, wish_id: int) -> HttpResponse:
    wish = access.wish_of_line_or_404(request.user, slug, wish_id)
    form = CommentForm(request.POST)
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="comment"):
            actions.comment_wish(
                wish_id=wish.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("RevOps has your word."))
            return redirect("events:packets:inquiries:wish", slug=slug, wish_id=wish_id)
    found = access.wish_or_404(request.user, slug, wish_id)
    return _page(request, found, comment_form=form)


@login_required
@require_POST
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def decide(request: AuthenticatedRequest, slug: str, wish_id: int) -> HttpResponse:
    wish = access.wish_to_decide_or_404(request.user, slug, wish_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="answer"):
            decided = actions.decide_wish(
                wish_id=wish.pk,
                is_granted=request.POST.get("as") == "grant",
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=timezone.now(),
            )
            if decided.state == decided.State.GRANTED:
                messages.success(
                    request, _("Granted. The packet changes with a new version: draft it now.")
                )
            else:
                messages.success(request, _("Declined. The rep gets a mail."))
            return redirect("events:packets:inquiries:wish", slug=slug, wish_id=wish_id)
    found = access.wish_or_404(request.user, slug, wish_id)
    return _page(request, found, decision_form=form)


@login_required
@require_POST
def withdraw(request: AuthenticatedRequest, slug: str, wish_id: int) -> HttpResponse:
    wish = access.own_wish_or_404(request.user, slug, wish_id)
    with told_on(request, actions.InquiryRefused):
        actions.withdraw_wish(wish_id=wish.pk, by=request.user, at=timezone.now())
        messages.success(request, _("Your wish is taken back."))
    return redirect("events:packets:inquiries:mine", slug=slug)


@sensitive_variables()
def _page(
    request: AuthenticatedRequest,
    found: access.Wish,
    *,
    comment_form: CommentForm | None = None,
    decision_form: DecisionForm | None = None,
) -> HttpResponse:
    wish, kickoff = found.wish, found.wish.version.packet.kickoff
    kind, word = states.of_wish(wish.state)
    may_comment = (
        wish.is_open and not found.as_rep and queries.is_manager_of(request.user, wish.wished_by_id)
    )
    context: dict[str, Any] = {
        "kickoff": kickoff,
        "zone": wish.wished_by.time_zone if found.as_rep else kickoff.zone,
        "wish": wish,
        "rep": wish.wished_by,
        "said": wish.read(),
        "quota": wish.version.read().quota.amount,
        "currency": wish.version.currency,
        "kind": kind,
        "word": word,
        "found": found,
        "in_force": version_in_force(wish.version.packet),
        "comment_form": (comment_form or CommentForm()) if may_comment else None,
        "decision_form": (decision_form or DecisionForm())
        if wish.is_open and found.as_revops
        else None,
    }
    actions.record_look(
        at_what=wish,
        rep=wish.wished_by,
        by=request.user,
        verb="wish.viewed",
        at=timezone.now(),
    )
    wrong = (comment_form and comment_form.errors) or (decision_form and decision_form.errors)
    template = "wish_rep.html" if found.as_rep else "wish.html"
    return render(
        request, f"events/packets/inquiries/{template}", context, status=422 if wrong else 200
    )
