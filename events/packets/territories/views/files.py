"""Territories in and out of files."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from core.imports.exports import csv_response
from core.imports.flow import ImportFlow, Options, Preview
from core.imports.problems import refused_as_file
from core.imports.rows import Parsed
from events.packets.territories import access, actions, queries
from events.packets.territories.rules.files import FIELDS, HEADERS, LIMITS, export_rows
from events.packets.territories.rules.words import some
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.imports.views import import_pages


@login_required
@require_GET
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.territories_or_404(request.user, slug)
    name = f"territories-{slugify(kickoff.fiscal_year)}.csv"
    return csv_response(name, HEADERS, export_rows(queries.file_rows(kickoff)))


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of territories, for a page or a worker: :raises Http404: they may not"""
    kickoff = access.territories_or_404(by, slug)
    plan = reverse("events:packets:territories:plan", kwargs={"slug": kickoff.slug})

    def run(parsed: Parsed, *, dry_run: bool) -> actions.TerritoriesReport:
        with refused_as_file(actions.TerritoryRefused):
            return actions.import_territories(
                kickoff=kickoff,
                parsed=parsed,
                by=by,
                at=timezone.now(),
                dry_run=dry_run,
            )

    def check(parsed: Parsed, options: Options) -> Preview:
        return _preview(run(parsed, dry_run=True))

    def commit(parsed: Parsed, options: Options) -> str:
        done = run(parsed, dry_run=False)
        return _(
            "%(created)d territories created, %(changed)d changed, %(same)d unchanged; %(moved)d"
            " accounts changed hands."
        ) % {
            "created": done.created,
            "changed": done.changed,
            "same": done.unchanged,
            "moved": done.moved,
        }

    return ImportFlow(
        purpose=f"territories:{kickoff.slug}",
        title=_("Import territories"),
        lead=_(
            "One row a territory: its name, its owner, where and which segment, named accounts and"
            " those left out. Territories that the file does not name stay as they are."
        ),
        fields=FIELDS,
        upload_url=reverse("events:packets:territories:import", kwargs={"slug": kickoff.slug}),
        preview_url=lambda token: reverse(
            "events:packets:territories:import_preview",
            kwargs={"slug": kickoff.slug, "token": token},
        ),
        done_url=plan,
        check=check,
        commit=commit,
        crumbs=[
            (reverse("events:kickoff:list"), gettext_lazy("Kickoffs")),
            (plan, gettext_lazy("Territories")),
        ],
        limits=LIMITS,
    )


upload, preview = import_pages(open_import)


def _preview(report: actions.TerritoriesReport) -> Preview:
    notes = []
    if report.new_accounts:
        said = ngettext(
            "%(count)d account is new: %(names)s.",
            "%(count)d accounts are new: %(names)s.",
            len(report.new_accounts),
        )
        shown = {"count": len(report.new_accounts), "names": some(report.new_accounts, 20)}
        notes.append(said % shown)
    return Preview(
        counts=[
            (_("Territories created"), report.created),
            (_("Territories changed"), report.changed),
            (_("Territories unchanged"), report.unchanged),
            (_("New accounts"), len(report.new_accounts)),
        ],
        button=ngettext("Import %(count)d territory", "Import %(count)d territories", report.rows)
        % {"count": report.rows},
        notes=notes,
        changes_nothing=not report.created and not report.changed,
    )
