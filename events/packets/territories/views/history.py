"""Who gave which account to whom, when and why."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.lists import Column, Filter, ListSpec
from events.kickoff.models import Kickoff
from events.packets.territories import access, queries
from events.packets.territories.forms import move_value
from events.packets.territories.models import OwnershipChange, SalesTerritory
from events.packets.territories.views.showing import Desk, open_desk
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def history(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    changes = queries.history_of(desk.kickoff).filter(role=desk.role)
    page = _list(desk.kickoff, desk.role).page(changes, request.GET)
    context = {
        **desk.context,
        "page": page,
        "rows": [{"change": each, "back": _back_again(desk, each)} for each in page.rows],
        "back": request.get_full_path(),
    }
    return render(request, "events/packets/territories/history.html", context)


def _back_again(desk: Desk, change: OwnershipChange) -> str:
    """What a form says to move an account back; empty where it has moved on, or has nowhere to go."""
    plan = desk.plan
    holding = plan.holdings.get(change.account_id)
    if holding is None or change.from_territory_id == change.to_territory_id:
        return ""
    if change.from_territory_id not in plan.territories:
        return ""
    is_there = holding.only is not None and holding.only == change.to_territory_id
    back = move_value(plan, change.account_id, change.from_territory_id)
    return back if is_there else ""


def _list(kickoff: Kickoff, role: str) -> ListSpec:
    def territories() -> list[tuple[int, str]]:
        return list(SalesTerritory.objects.of(kickoff, role).values_list("pk", "name"))

    def people(path: str) -> Callable[[], list[tuple[Any, Any]]]:
        rows = OwnershipChange.objects.filter(kickoff=kickoff, role=role).exclude(**{path: None})
        pairs = rows.order_by(f"{path}__full_name").values_list(path, f"{path}__full_name")
        return lambda: list(pairs.distinct())

    return ListSpec(
        columns=[
            Column("at", gettext_lazy("When"), sort="at"),
            Column("account", gettext_lazy("Account"), sort="account__name"),
            Column("from", gettext_lazy("From"), sort="from_name"),
            Column("to", gettext_lazy("To"), sort="to_name"),
            Column("by", gettext_lazy("By"), sort="by__full_name", narrow=False),
            Column("why", gettext_lazy("What and why"), narrow=False),
            Column("back", ""),
        ],
        filters=[
            Filter("cause", gettext_lazy("What"), OwnershipChange.Cause.choices, "cause"),
            Filter("territory", gettext_lazy("Territory"), territories, _of_territory, chips=False),
            Filter("by", gettext_lazy("By"), people("by"), "by_id", chips=False),
        ],
        search=["account__name", "from_name", "to_name", "reason"],
        default_order=["-at", "-pk"],
        keep=("role",),
    )


def _of_territory(changes: QuerySet[OwnershipChange], value: str) -> QuerySet[OwnershipChange]:
    return changes.filter(Q(from_territory=value) | Q(to_territory=value))
