"""Quotas out to a file and in from one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from core.imports.exports import csv_response, xlsx_response
from core.imports.flow import ImportFlow, Options, Preview
from core.imports.problems import refused_as_file
from core.imports.rows import Parsed
from events.packets.quotas import access, actions, queries
from events.packets.quotas.models import QuotaPlan
from events.packets.quotas.queries import Board
from events.packets.quotas.rules.files import FIELDS, NO, PERIODS, YES, QuotaRow, read_quotas
from events.packets.quotas.rules.making import by_season
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry
from people.imports.views import import_pages
from people.org.finding import Finder

WRITERS = {"csv": csv_response, "xlsx": xlsx_response}


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def export(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    if kind not in WRITERS:
        raise Http404
    board = queries.board_of(plan)
    record_entry(by=request.user, verb="quotas.exported", at=timezone.now(), object=plan, note=kind)
    headers, rows = _export(board)
    return WRITERS[kind](f"{plan.kickoff.slug}-quotas.{kind}", headers, rows)


@sensitive_variables()
def _export(board: Board) -> tuple[list[str], list[list[Any]]]:
    """The headers of an import and the tree around them, so that what comes out can go in again."""
    year = board.plan.year
    periods = list(PERIODS[: len(year.spans)])
    headers = ["rep", "name", "employee_id", "job_title", "manager", "level", "quota"]
    headers += ["currency", "by_hand", "ramped", "weight", *periods]
    headers += ["past_revenue", "handed_out", "over_assignment", "reason"]
    rows = []
    for person_id in board.tree.walk():
        row = board.row(person_id)
        above = board.tree.parent[person_id]
        node, amount = row.node, row.amount
        parts: list[Any] = [""] * len(periods)
        if amount is not None:
            own = row.figures.season
            parts = list(
                own
                if len(own) == len(periods)
                else by_season(amount, year.shares, board.plan.period_unit)
            )
        rows.append(
            [
                row.member.email,
                row.member.full_name,
                row.member.employee_id,
                row.member.job_title,
                board.members[above].email if above is not None else "",
                row.depth,
                amount,
                node.rate.currency if node and node.rate else board.plan.currency,
                YES if row.is_pinned else NO,
                YES if node is None or node.is_ramped else NO,
                row.figures.weight,
                *parts,
                row.won,
                row.assigned,
                round(row.over, 4) if row.over is not None else None,
                row.figures.reason,
            ]
        )
    return headers, rows


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of quotas, for a page or a worker: :raises Http404: they may not"""
    plan = access.plan_or_404(by, slug)
    kickoff = plan.kickoff
    page = reverse("events:packets:quotas:plan", kwargs={"slug": kickoff.slug})

    @sensitive_variables()
    def check(parsed: Parsed, options: Options) -> Preview:
        found = actions.plan_import(plan=plan, rows=_read(plan, parsed))
        return Preview(
            counts=[
                (_("People who get a first quota"), len(found.new)),
                (_("Quotas that change"), len(found.changed)),
                (_("The same as now"), found.unchanged),
            ],
            button=ngettext("Import %(count)d quota", "Import %(count)d quotas", found.count)
            % {"count": found.count},
            notes=[_("What changes counts as set by hand, unless the file says otherwise.")],
            changes_nothing=not found.count,
        )

    @sensitive_variables()
    def commit(parsed: Parsed, options: Options) -> str:
        rows = _read(plan, parsed)
        with refused_as_file(actions.QuotaRefused):
            done = actions.import_quotas(plan_id=plan.pk, rows=rows, by=by, at=timezone.now())
        return _("%(changed)d quotas imported, %(same)d were the same.") % {
            "changed": done.count,
            "same": done.unchanged,
        }

    return ImportFlow(
        purpose=f"quotas:{kickoff.slug}",
        title=_("Import quotas"),
        lead=_(
            "One row a person: rep or manager, full-year quota, and what else you like. Export"
            " first, change the file, import it again."
        ),
        fields=FIELDS,
        upload_url=reverse("events:packets:quotas:import", kwargs={"slug": kickoff.slug}),
        preview_url=lambda token: reverse(
            "events:packets:quotas:import_preview", kwargs={"slug": kickoff.slug, "token": token}
        ),
        done_url=page,
        check=check,
        commit=commit,
        crumbs=[(reverse("events:kickoff:list"), _("Kickoffs")), (page, _("Quotas"))],
    )


upload, preview = import_pages(open_import, keeps_figures)


@sensitive_variables()
def _read(plan: QuotaPlan, parsed: Parsed) -> list[QuotaRow]:
    """:raises FileRefused: a row has a problem"""
    board = queries.board_of(plan)
    people: Finder[int] = Finder(
        _("“%(name)s” is neither a rep of this roster nor one of their managers.")
    )
    for number in board.tree.walk():
        one = board.members[number]
        people.add(number, one.full_name, email=one.email, employee_id=one.employee_id)
    return read_quotas(
        parsed,
        people=people,
        plan_currency=plan.currency,
        currencies=list(queries.rates_of(plan)),
        periods=len(plan.year.spans),
    )
