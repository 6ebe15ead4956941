from datetime import datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.imports.exports import csv_response
from core.lists import Column, ListSpec
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.coverage import access
from events.packets.coverage.queries import board
from events.packets.coverage.queries.counts import GroupBy, board_rows
from events.packets.coverage.rules.curve import over_time
from events.packets.coverage.views.reminders import remind_panel
from events.packets.coverage.views.rows import STATE, put_in_words
from events.packets.delivery.rules import states
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry

GROUPS = {
    "region": gettext_lazy("Region"),
    "team": gettext_lazy("Team"),
    "manager": gettext_lazy("Manager"),
}
BOARD = ListSpec(
    columns=[
        Column("rep", gettext_lazy("Rep"), sort="person__full_name"),
        Column("region", gettext_lazy("Region"), sort="person__region__name", narrow=False),
        Column("manager", gettext_lazy("Manager"), sort="person__manager__full_name", narrow=False),
        Column("state", gettext_lazy("State"), sort="packet_state"),
        Column("released", gettext_lazy("Released"), sort="released_at", narrow=False),
        Column("opened", gettext_lazy("Opened"), sort="viewed_at", narrow=False),
        Column("signed", gettext_lazy("Signed"), sort="received_at", narrow=False),
    ],
    filters=[STATE],
    search=["person__full_name", "person__email"],
    default_order=["received_at", "viewed_at", "released_at", "person__full_name"],
    per_page=50,
    keep=["by"],
)


@login_required
@require_GET
def coverage(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.coverage_or_404(request.user, slug)
    context = _board(request, kickoff) | {
        "groups": GROUPS.items(),
        "panel": remind_panel(kickoff, request.user),
    }
    return render(request, "events/packets/coverage/board.html", context)


@login_required
@require_GET
def coverage_now(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The board again for somebody who watches it: 204 while it is as they have seen it."""
    kickoff = access.coverage_or_404(request.user, slug)
    now = board.board_of(kickoff, _group(request), timezone.now())
    if now.stamp == request.GET.get("seen"):
        return _unchanged()
    context = _board(request, kickoff, now) | {"is_fragment": True}
    return _kept_nowhere(render(request, "events/packets/coverage/_board.html", context))


@login_required
@require_GET
def wall(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The board for a screen in the room: large counts by region, and nobody's name."""
    kickoff = access.coverage_or_404(request.user, slug)
    now = board.board_of(kickoff, "region", timezone.now())
    context = {"kickoff": kickoff, "board": now}
    if "seen" not in request.GET:
        return render(request, "events/packets/coverage/wall.html", context)
    if now.stamp == request.GET["seen"]:
        return _unchanged()
    return _kept_nowhere(render(request, "events/packets/coverage/_wall.html", context))


@login_required
@require_GET
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.coverage_or_404(request.user, slug)
    at = timezone.now()
    rows = [_export_row(kickoff, row) for row in board_rows(kickoff, at)]
    record_entry(by=request.user, verb="packets.coverage_exported", at=at, object=kickoff)
    headers = [
        _("Rep"), _("E-mail"), _("Region"), _("Team"), _("Manager"), _("State"), _("Version"),
        _("Released (%(zone)s)") % {"zone": kickoff.time_zone},
        _("Opened (%(zone)s)") % {"zone": kickoff.time_zone},
        _("Signed (%(zone)s)") % {"zone": kickoff.time_zone},
    ]  # fmt: skip
    return csv_response(f"packet-coverage-{slugify(kickoff.slug)}.csv", headers, rows)


def _board(
    request: AuthenticatedRequest, kickoff: Kickoff, now: board.Board | None = None
) -> dict[str, Any]:
    """All of the board that changes by itself, and the list under it."""
    at, group = timezone.now(), _group(request)
    now = now or board.board_of(kickoff, group, at)
    page = BOARD.page(board_rows(kickoff, at), request.GET)
    leaving = list(board.leaving(kickoff, at)[: board.LEAVING_SHOWN])
    put_in_words(page.rows)
    put_in_words(leaving)
    for row in leaving:
        row.leaves_date = board.leaves_on(kickoff, row)  # type: ignore[attr-defined]  # for the template
    total = now.coverage.all
    return {
        "kickoff": kickoff,
        "board": now,
        "coverage": now.coverage,
        "page": page,
        "group": group,
        "group_label": GROUPS[group],
        "leaving": leaving,
        "more_leaving": total.unsigned - len(leaving),
        "chart": over_time(
            board.signings(kickoff, at),
            of=total.total,
            zone=kickoff.zone,
            until=_until(kickoff, at),
        ),
        "may_open": request.user.is_revops,
    }


def _group(request: AuthenticatedRequest) -> GroupBy:
    by = request.GET.get("by", "region")
    return cast(GroupBy, by if by in GROUPS else "region")


def _until(kickoff: Kickoff, at: datetime) -> datetime:
    """How far the curve goes: to now, and not beyond the event."""
    return min(at, kickoff.closes_at)


def _unchanged() -> HttpResponse:
    return _kept_nowhere(HttpResponse(status=204))


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True, private=True)
    return response


def _export_row(kickoff: Kickoff, row: Attendee) -> list[object]:
    person = row.person
    times = (row.released_at, row.viewed_at, row.received_at)  # type: ignore[attr-defined]  # annotated by its query
    return [
        person.full_name,
        person.email,
        person.region.name if person.region else "",
        person.team.name if person.team else "",
        person.manager.full_name if person.manager else "",
        states.word(row.packet_state, on_a_board=True),  # type: ignore[attr-defined]  # annotated by its query
        row.number or "",  # type: ignore[attr-defined]  # annotated by its query
        *(f"{time.astimezone(kickoff.zone):%Y-%m-%d %H:%M}" if time else "" for time in times),
    ]
