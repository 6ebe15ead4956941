"""The board of territories, and moves between them: the effect first, then the move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, Filter, ListSpec
from core.refusals import told_in, told_on
from events.packets.territories import access, actions, queries
from events.packets.territories.forms import MoveForm, move_value, seen_value
from events.packets.territories.models import SalesTerritory
from events.packets.territories.rules import effect, words
from events.packets.territories.rules.balance import weigh
from events.packets.territories.views.plan import targets
from events.packets.territories.views.showing import Desk, open_desk, told
from people.accounts.requests import AuthenticatedRequest

COLUMNS = 12  # territories side by side on one page of the board
LOOSE = 60  # accounts of nobody that the board shows at once
LANE = 100  # accounts of one territory


@login_required
@require_GET
def board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    territories = SalesTerritory.objects.of(desk.kickoff, desk.role)
    page = _columns(territories).page(
        territories.select_related("owner__region", "owner__team"), request.GET
    )
    balance = weigh([len(desk.plan.accounts_in[pk]) for pk in desk.plan.territories])
    flags = dict(zip(desk.plan.territories, balance.compared, strict=True))
    columns = [
        {
            "territory": each,
            "cards": _cards(desk, desk.plan.accounts_in[each.pk][:LANE]),
            "more": max(len(desk.plan.accounts_in[each.pk]) - LANE, 0),
            "flag": words.flag(flags[each.pk]),
            "is_outlier": flags[each.pk].is_outlier,
            **told(desk.load(each)),
        }
        for each in page.rows
    ]
    gaps = desk.plan.gaps
    last = queries.last_move(desk.kickoff, desk.role, request.user)
    context = {
        **desk.context,
        "page": page,
        "columns": columns,
        "unowned": _cards(desk, gaps.unowned[:LOOSE]),
        "unowned_more": max(len(gaps.unowned) - LOOSE, 0),
        "targets": targets(desk),
        "mean": balance.mean,
        "last": last if last and last.is_still_there(desk.plan) else None,
        "last_back": _back_again(desk, last) if last else [],
        "back": request.get_full_path(),
    }
    return render(request, "events/packets/territories/board.html", context)


@login_required
@require_POST
def preview(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    form = MoveForm(request.POST, plan=desk.plan)
    context: dict[str, Any] = {**desk.context, "form": form, "back": _back(request, desk)}
    status = 422
    if form.is_valid():
        with told_in(form, actions.TerritoryRefused):
            actions.refuse_stale(desk.plan, form.expected)
            context |= _effect(desk, form)
            status = 200
    wants_part = request.headers.get("X-Part") == "effect"
    template = "_effect.html" if wants_part else "move.html"
    return render(request, f"events/packets/territories/{template}", context, status=status)


@login_required
@require_POST
def move(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    form = MoveForm(request.POST, plan=desk.plan)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect(_back(request, desk))
    with told_on(request, actions.TerritoryRefused):
        done = actions.move_accounts(
            kickoff=desk.kickoff,
            role=desk.role,
            expected=form.expected,
            to=form.going,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _told_move(done))
    return redirect(_back(request, desk))


def _told_move(done: actions.Moved) -> str:
    if len(done.targets) > 1:
        return _("%(count)d accounts moved to %(places)d territories.") % {
            "count": done.count,
            "places": len(done.targets),
        }
    (target,) = done.targets
    if target is None:
        said = ngettext(
            "%(count)d account is nobody’s now.", "%(count)d accounts are nobody’s now.", done.count
        )
        return said % {"count": done.count}
    said = ngettext(
        "%(count)d account moved to “%(name)s”.",
        "%(count)d accounts moved to “%(name)s”.",
        done.count,
    )
    return said % {"count": done.count, "name": target.name}


def _back(request: AuthenticatedRequest, desk: Desk) -> str:
    """The page that the move began on; never another site."""
    said = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure()):
        return said
    return desk.url("board")


def _cards(desk: Desk, account_ids: Sequence[int]) -> list[dict[str, Any]]:
    cards = []
    for pk in account_ids:
        holding = desk.plan.holdings[pk]
        cards.append(
            {
                "facts": desk.plan.accounts[pk],
                "seen": seen_value(desk.plan, pk),
                "is_double": holding.is_double,
                "by_name": holding.by_name,
                "deals": words.deals(queries.load_of([pk], desk.loads)),
            }
        )
    return cards


def _back_again(desk: Desk, last: queries.LastMove) -> list[str]:
    """What a form says to undo a move, each account to where it came from."""
    return [
        move_value(desk.plan, pk, source.pk if source else None)
        for pk, source in last.sources.items()
        if pk in desk.plan.holdings
    ]


def _effect(desk: Desk, form: MoveForm) -> dict[str, Any]:
    """Before and after of each territory that a move touches, and of the plan's flags."""
    plan = desk.plan
    moving = [pk for pk, to in form.going.items() if set(plan.holdings[pk].territories) != {to}]
    before = {pk: set(plan.accounts_in[pk]) for pk in plan.territories}
    after = {pk: accounts - set(moving) for pk, accounts in before.items()}
    for pk in moving:
        to = form.going[pk]
        if to is not None:
            after[to].add(pk)
    targets = {form.going[pk] for pk in moving}
    touched = [pk for pk in plan.territories if before[pk] != after[pk]]
    rows = effect.compare(
        [queries.load_of(before[pk], desk.loads) for pk in plan.territories],
        [queries.load_of(after[pk], desk.loads) for pk in plan.territories],
    )
    shown = dict(zip(plan.territories, rows, strict=True))
    return {
        "targets": len(targets),
        "target": plan.territories.get(next(iter(targets), None) or 0),
        "moving": [plan.accounts[pk] for pk in moving],
        "values": [move_value(plan, pk, form.going[pk]) for pk in moving],
        "reason": form.cleaned_data["reason"],
        "touched": [
            {"territory": plan.territories[pk], "row": shown[pk]}
            for pk in sorted(touched, key=lambda pk: pk in targets)
        ],
        "settles": sum(plan.holdings[pk].is_double for pk in moving),
        "covers": sum(plan.holdings[pk].is_unowned for pk in moving),
    }


def _columns(territories: QuerySet[SalesTerritory]) -> ListSpec:
    """Which territories the board shows, side by side."""

    def choices(path: str) -> list[tuple[Any, Any]]:
        rows = territories.exclude(**{path: None}).order_by(f"{path}__name")
        return list(rows.values_list(path, f"{path}__name").distinct())

    return ListSpec(
        columns=[Column("name", gettext_lazy("Territory"), sort="name")],
        filters=[
            Filter(
                "region",
                gettext_lazy("Region"),
                lambda: choices("owner__region"),
                "owner__region_id",
                chips=False,
            ),
            Filter(
                "team",
                gettext_lazy("Team"),
                lambda: choices("owner__team"),
                "owner__team_id",
                chips=False,
            ),
        ],
        search=["name", "owner__full_name", "owner__preferred_name"],
        default_sort="name",
        per_page=COLUMNS,
        keep=("role",),
    )
