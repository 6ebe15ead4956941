"""One person's quota, line by line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from core.refusals import told_in
from core.ui.figures import percent
from events.packets.quotas import access, actions, queries
from events.packets.quotas.forms.person import PersonForm, QuotaForm
from events.packets.quotas.models import QuotaPlan
from events.packets.quotas.queries import Board
from events.packets.quotas.rules import words
from events.packets.quotas.rules.cascade import over, over_at
from events.packets.quotas.rules.making import by_season
from events.packets.quotas.rules.quota import QuotaOffer
from events.packets.quotas.views.showing import shown
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def person(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    board = queries.board_of(plan)
    if person_id not in board.tree:
        raise Http404
    row = board.row(person_id)
    rates = list(queries.rates_of(plan).values())
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, row=row, plan=plan, rates=rates)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.QuotaRefused):
            actions.change_person(
                plan_id=plan.pk,
                person_id=person_id,
                details=form.details(row),
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Saved for %(name)s.") % {"name": row.member})
            return redirect("events:packets:quotas:person", slug=slug, person_id=person_id)
    subject = Person.objects.get(pk=person_id)
    record_entry(
        by=request.user, verb="quota.viewed", at=timezone.now(), subject=subject, object=plan
    )
    offer = queries.offer_of(plan, row.node, row.figures, subject) if row.node else None
    context = {
        "kickoff": plan.kickoff,
        "plan": plan,
        "board": board,
        "shown": shown(board, person_id),
        "row": row,
        "form": form,
        "quota_form": QuotaForm(initial={"amount": row.amount, "seen": row.version}),
        "chain": _chain(board, person_id),
        "offer": offer,
        "rate": row.node.rate if row.node else None,
        "lines": _lines(plan, row, offer),
        "sentences": words.origin_sentences(offer.quota.origin, offer.currency) if offer else [],
        "opened_at": timezone.now(),
    }
    return render(request, "events/packets/quotas/person.html", context)


@sensitive_variables()
def _chain(board: Board, person_id: int) -> list[dict[str, Any]]:
    """From the company down to one person: what each hands out, and who gets which part of it."""
    path: list[int | None] = [None, *reversed(board.tree.above(person_id))]
    steps = []
    for level, above in enumerate(path):
        below = path[level + 1] if level + 1 < len(path) else person_id
        assert below is not None  # noqa: S101
        own = board.target if above is None else board.amounts.get(above)
        handed_out = board.assigned.get(above)
        row = board.row(below)
        steps.append(
            {
                "giver": board.members[above] if above is not None else None,
                "own": own,
                "wanted": words.signed(over_at(board.plan.over, level)),
                "over": words.signed(over(own or Decimal(0), handed_out or Decimal(0))),
                "handed_out": handed_out,
                "taker": row.member,
                "share": percent(row.share, 1),
                "amount": row.amount,
                "is_pinned": row.is_pinned,
            }
        )
    return steps


@sensitive_variables()
def _lines(plan: QuotaPlan, row: queries.Row, offer: QuotaOffer | None) -> list[dict[str, Any]]:
    """Each period: its part of the full year, the days there, the ramp, and what is left."""
    if offer is None or offer.quota.origin is None:
        return []
    origin, year = offer.quota.origin, plan.year
    is_own = len(row.figures.season) == len(year.spans) and sum(row.figures.season) > 0
    shares = row.figures.season if is_own else year.shares
    ramp = origin.ramp or (Decimal(1),) * len(year.spans)
    unit = plan.unit_of(offer.currency, row.node.rate if row.node else None)
    full = by_season(origin.full_year, shares, max(unit, Decimal(1)))
    lines = []
    for period, share, whole, step in zip(offer.quota.periods, shares, full, ramp, strict=True):
        first, last = max(period.starts, origin.present_from), min(period.ends, origin.present_to)
        lines.append(
            {
                "name": words.period_name(period),
                "starts": period.starts,
                "ends": period.ends,
                "share": percent(share / sum(shares), 1),
                "full": whole,
                "days": max((last - first).days + 1, 0),
                "of": (period.ends - period.starts).days + 1,
                "ramp": percent(step),
                "amount": period.amount,
            }
        )
    return lines
