"""A budget as a workbook, out and in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from core.imports.exports import xlsx_response
from core.imports.flow import ImportFlow, Options, Preview
from core.imports.problems import refused_as_file
from core.imports.rows import Parsed
from events.budget import access, actions
from events.budget.models import Budget
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry
from people.imports.views import import_pages


@login_required
@require_GET
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.money_or_404(request.user, slug)
    budget = get_object_or_404(Budget, kickoff=kickoff)
    budget.kickoff = kickoff
    record_entry(by=request.user, verb="budget.exported", at=timezone.now(), object=budget)
    headers, rows = actions.export_rows(budget)
    return xlsx_response(f"{slug}-budget.xlsx", headers, rows)


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of lines, for a page or a worker: :raises Http404: they may not"""
    budget = access.budget_to_change_or_404(by, slug)
    page = reverse("events:budget:page", kwargs={"slug": slug})

    def run(parsed: Parsed, *, dry_run: bool) -> actions.BudgetReport:
        with refused_as_file(actions.BudgetRefused):
            return actions.import_lines(
                budget=budget, parsed=parsed, by=by, at=timezone.now(), dry_run=dry_run
            )

    def check(parsed: Parsed, options: Options) -> Preview:
        report = run(parsed, dry_run=True)
        return Preview(
            counts=[
                (_("Lines added"), len(report.added)),
                (_("Lines revised"), len(report.revised)),
                (_("The same as now"), report.unchanged),
            ],
            button=ngettext("Import %(count)d line", "Import %(count)d lines", report.rows)
            % {"count": report.rows},
            notes=[_("Lines that the file does not name stay as they are.")],
            changes_nothing=not report.rows,
        )

    def commit(parsed: Parsed, options: Options) -> str:
        report = run(parsed, dry_run=False)
        said = {
            "added": len(report.added),
            "revised": len(report.revised),
            "same": report.unchanged,
        }
        told = _("%(added)d lines added, %(revised)d revised, %(same)d were the same.") % said
        if not report.waiting:
            return told
        waits = ngettext(
            "%(count)d waits for approval.", "%(count)d wait for approval.", report.waiting
        )
        return f"{told} {waits % {'count': report.waiting}}"

    return ImportFlow(
        purpose=f"budget:{slug}",
        title=gettext_lazy("Import budget lines"),
        lead=gettext_lazy(
            "One row a line, with the columns that the download has. A name that is there is revised."
        ),
        fields=actions.line_fields(),
        upload_url=reverse("events:budget:import", kwargs={"slug": slug}),
        preview_url=lambda token: reverse(
            "events:budget:preview", kwargs={"slug": slug, "token": token}
        ),
        done_url=page,
        check=check,
        commit=commit,
        crumbs=[(page, gettext_lazy("Budget"))],
    )


upload, preview = import_pages(open_import)
