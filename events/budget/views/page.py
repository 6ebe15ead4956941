"""The page of a budget."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.numbers import whole_number
from events.budget import access, queries
from events.budget.models import Budget, Category, RoomBlock
from events.budget.queries import Board
from events.budget.queries.blocks import Blocks, blocks_of
from events.budget.queries.board import worth_of_one
from events.budget.views import showing
from events.budget.views.returns import bench_context
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def page(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.money_or_404(request.user, slug)
    budget = queries.budget_of(kickoff)
    writes = access.may_change(request.user, kickoff)
    context: dict[str, Any] = {"kickoff": kickoff, "writes": writes}
    if budget is None:
        return render(request, "events/budget/none.html", context)
    board = queries.board_of(budget)
    opened = request.GET.get("open", "")
    context |= {
        "budget": budget,
        "board": board,
        "opened": opened if opened in Category else "",
        "ledger": list(showing.ledger(board, opened)),
        "total": showing.cells(board.total),
        "headline": showing.headline(board),
        "bar": showing.money_bar(board),
        "parts": _parts(board),
        "asks": asks_of(board, request.user, timezone.now()),
        "rates": [(rate, *worth_of_one(rate, budget.currency)) for rate in board.rates[:6]],
    }
    context |= bench_context(board)
    if found := blocks_of(budget):
        context |= _block(found, budget, whole_number(request.GET.get("hotel", "")), timezone.now())
    return render(request, "events/budget/page.html", context)


def _block(
    found: list[RoomBlock], budget: Budget, hotel: int | None, at: datetime
) -> dict[str, Any]:
    """What the hotels hold: of one, or of all."""
    chosen = [block for block in found if block.pk == hotel]
    blocks = Blocks(chosen or found)
    return {
        "blocks": blocks,
        "hotel": hotel if chosen else None,
        "guests": sum(one.guests_lacking(budget.nights) for one in blocks.pickups),
        "cutoffs": [showing.cutoff(block, budget.currency, at) for block in found],
        "nights": list(showing.nights(blocks)),
    }


def _parts(board: Board) -> dict[str, Any]:
    paid, invoiced, committed, open_ = board.total.parts
    return {"paid": paid, "invoiced": invoiced, "committed": committed, "open": open_}


def asks_of(board: Board, person: Person, at: datetime) -> list[dict[str, Any]]:
    """What waits for approval, and whether this person may give it."""
    limits = board.limits
    names = {owner.person_id: owner.person.full_name for owner in board.owners}
    found = []
    for row in board.waiting:
        if row.waits is None:
            continue
        found.append(
            {
                "row": row,
                "title": showing.asks(row, board.budget.currency),
                "may": limits.may(person.pk, row.waits.asks),
                "who": ", ".join(names[one] for one in limits.who(row.waits.asks)),
                "since": row.waits.made_at,
                "days": (at - row.waits.made_at).days,
            }
        )
    return found
