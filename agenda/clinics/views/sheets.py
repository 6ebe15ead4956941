"""What clinics made of deals: a sheet for each, on a page and on paper, and what became of all."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agenda.clinics import access, actions, queries, rules
from agenda.clinics.models import Turn
from core.lists import Column, Filter, ListSpec
from core.typesetting.papers import paper
from people.accounts.requests import AuthenticatedRequest

SHEETS = ListSpec(
    columns=[
        Column("deal", _("Deal"), sort=("name", "pk")),
        Column("rep", _("Rep"), sort="person__full_name"),
        Column("verdict", _("Verdict"), sort="verdict"),
        Column("then", _("Then"), narrow=False),
        Column("now", _("Now"), sort=("deal__stage", "pk")),
        Column(
            "round",
            _("Round"),
            sort=("group__round__number", "group__number"),
            numeric=True,
            narrow=False,
        ),
    ],
    filters=[Filter("verdict", _("Verdict"), rules.Verdict.choices, "verdict")],
    search=["name", "person__full_name"],
    default_sort="deal",
    per_page=25,
)


@login_required
@require_GET
def list_sheets(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Every deal that was held, what was decided, and what the CRM says today."""
    kickoff, turns = access.sheets_or_404(request.user, slug)
    page = SHEETS.page(turns, request.GET)
    context = {
        "kickoff": kickoff,
        "page": page,
        "sheets": [queries.Sheet(turn, []) for turn in page.rows],
        "totals": queries.totals(turns),
        "day": queries.day_after(kickoff, timezone.now()),
    }
    return render(request, "agenda/clinics/sheets.html", context)


@login_required
@require_GET
def show_sheet(request: AuthenticatedRequest, slug: str, turn_id: int) -> HttpResponse:
    """One deal after its clinic; opened by the rep's manager, it waits for them no longer."""
    turn = access.sheet_or_404(request.user, slug, turn_id)
    actions.note_read(turn=turn, by=request.user, at=timezone.now())
    return render(request, "agenda/clinics/sheet.html", _sheet(turn))


@login_required
@require_GET
def sheet_on_paper(request: AuthenticatedRequest, slug: str, turn_id: int) -> HttpResponse:
    """The same on one page of paper."""
    turn = access.sheet_or_404(request.user, slug, turn_id)
    styles, name = ["agenda/clinics/sheet_pdf.css"], f"{slug}-deal-{turn.pk}.pdf"
    return paper(request, "agenda/clinics/sheet_pdf.html", _sheet(turn), styles=styles, name=name)


def _sheet(turn: Turn) -> dict[str, Any]:
    kickoff = turn.group.round.grouping.kickoff
    at = timezone.now()
    return {
        "kickoff": kickoff,
        "sheet": queries.sheet_of(turn),
        "at": at,
        "day": queries.day_after(kickoff, at),
    }
