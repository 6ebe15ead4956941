"""The page of a cascade, an amount by hand, the cascade anew."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.numbers import whole_number
from core.refusals import told_on
from events.packets.quotas import access, actions, queries
from events.packets.quotas.forms.person import QuotaForm
from events.packets.quotas.models import QuotaPlan
from events.packets.quotas.rules import words
from events.packets.quotas.rules.cascade import Move, moves
from events.packets.quotas.views.showing import (
    attention_of,
    chart_of,
    page_of,
    picture_by,
    shown,
    totals_of,
)
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry

SHOWN_MOVES = 12


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    found = queries.plan_of(kickoff)
    if found is None:
        return render(request, "events/packets/quotas/none.html", {"kickoff": kickoff})
    board = queries.board_of(found)
    context = page_of(board, request.GET)
    context["mismatch"] = queries.mismatch_of(board, list(queries.rates_of(found)))
    record_entry(by=request.user, verb="quotas.listed", at=timezone.now(), object=found)
    return render(request, "events/packets/quotas/plan.html", context)


@login_required
@require_POST
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def edit(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    board = queries.board_of(plan)
    if person_id not in board.tree:
        raise Http404
    error = _set_by_hand(request, plan, person_id)
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect(_back(request, slug))
    plan.refresh_from_db()
    board = queries.board_of(plan)
    typed = request.POST.get("amount", "")[:40] if error else ""
    by = picture_by(parse_qs(urlsplit(request.htmx.current_url or "").query).get("by", [""])[0])
    context = {
        "kickoff": plan.kickoff,
        "plan": plan,
        "rows": [
            shown(board, person_id, error=error, typed=typed),
            *(shown(board, above) for above in board.tree.above(person_id)),
        ],
        # What those beside them have is the same, and another part of what is handed out
        "beside": [shown(board, one) for one in board.tree.beside(person_id)],
        "totals": totals_of(board),
        "attention_count": attention_of(board),
        "by": by,
        "chart": chart_of(board, by),
        "board": board,
        "announce": error or _("%(name)s: set by hand.") % {"name": board.members[person_id]},
    }
    return render(request, "events/packets/quotas/_edited.html", context)


@login_required
@require_POST
@keeps_figures
def unpin(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    node = get_object_or_404(plan.nodes, person=person_id)
    with told_on(request, actions.QuotaRefused):
        actions.unpin_quota(
            plan_id=plan.pk,
            person_id=person_id,
            seen=node.version,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The next cascade may change this quota again."))
    return redirect(_back(request, slug))


@login_required
@require_http_methods(["GET", "POST"])
@keeps_figures
@sensitive_variables()
def cascade(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    if request.method == "POST":
        return _cascade(request, plan)
    board = queries.board_of(plan)
    record_entry(by=request.user, verb="quotas.listed", at=timezone.now(), object=plan)
    found = moves({one: board.figures[one].amount for one in board.figures}, board.fresh())
    pinned = [one for one in board.tree.walk() if one in board.nodes and board.nodes[one].is_pinned]
    after = dict(board.amounts) | {move.person_id: move.after for move in found}
    reps = sum(after.get(one, 0) for one in board.reps)
    new = sum(move.before is None for move in found)
    context = {
        "kickoff": plan.kickoff,
        "plan": plan,
        "count": len(found),
        "new": new,
        "changed": len(found) - new,
        "pinned": len(pinned),
        "same": len(board.tree) - len(found),
        "moves": [_told(move, board) for move in found[:SHOWN_MOVES]],
        "more": max(len(found) - SHOWN_MOVES, 0),
        "before_sum": board.sum_of_reps,
        "after_sum": reps,
        "after_over": words.signed(reps / board.target - 1 if board.target else None),
        "empty": not len(board.tree),
        "shares_nothing": plan.basis == QuotaPlan.Basis.WON and not board.won_by_reps,
    }
    return render(request, "events/packets/quotas/cascade.html", context)


@login_required
@require_POST
@keeps_figures
def lock(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    act = actions.unlock_plan if request.POST.get("unlock") else actions.lock_plan
    with told_on(request, actions.QuotaRefused):
        act(plan_id=plan.pk, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("The plan can change again.")
            if request.POST.get("unlock")
            else _("The plan is locked: no amount changes until you unlock it."),
        )
    return redirect("events:packets:quotas:plan", slug=slug)


@login_required
@require_POST
@keeps_figures
@sensitive_variables()
def take_currencies(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Tell quotas in what people are paid in, where the plan has a rate for it."""
    plan = access.plan_or_404(request.user, slug)
    board = queries.board_of(plan)
    mismatch = queries.mismatch_of(board, list(queries.rates_of(plan)))
    with told_on(request, actions.QuotaRefused):
        actions.sync_currencies(
            plan_id=plan.pk, currencies=mismatch.mendable, by=request.user, at=timezone.now()
        )
        count = len(mismatch.mendable)
        messages.success(
            request,
            ngettext(
                "%(count)d quota is told in the currency of pay now.",
                "%(count)d quotas are told in the currency of pay now.",
                count,
            )
            % {"count": count},
        )
    return redirect("events:packets:quotas:plan", slug=slug)


@sensitive_variables()
def _set_by_hand(request: AuthenticatedRequest, plan: QuotaPlan, person_id: int) -> str:
    """What is wrong with an amount by hand; empty once it is set."""
    form = QuotaForm(request.POST)
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    try:
        actions.set_quota(
            plan_id=plan.pk,
            person_id=person_id,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except actions.QuotaRefused as refusal:
        return str(refusal)
    return ""


def _cascade(request: AuthenticatedRequest, plan: QuotaPlan) -> HttpResponse:
    try:
        count = actions.cascade_plan(
            plan_id=plan.pk,
            seen=whole_number(request.POST.get("seen", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except actions.QuotaRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:quotas:cascade", slug=plan.kickoff.slug)
    messages.success(
        request,
        ngettext("%(count)d quota changed.", "%(count)d quotas changed.", count) % {"count": count},
    )
    return redirect("events:packets:quotas:plan", slug=plan.kickoff.slug)


def _told(move: Move, board: queries.Board) -> dict[str, object]:
    member = board.members[move.person_id]
    return {"member": member, "move": move, "is_manager": board.tree.leads(move.person_id)}


def _back(request: AuthenticatedRequest, slug: str) -> str:
    """The page that an edit came from: the plan, or one person's page."""
    person_id = whole_number(request.POST.get("back", ""))
    if person_id is not None:
        return reverse(
            "events:packets:quotas:person", kwargs={"slug": slug, "person_id": person_id}
        )
    return reverse("events:packets:quotas:plan", kwargs={"slug": slug})
