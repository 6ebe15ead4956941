from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from agenda.schedules import actions, queries
from agenda.schedules.forms import ProgrammeOptionsForm
from agenda.schedules.rendering import calendar_of
from agenda.schedules.rules import BETWEEN, HEADERS, Entry, write_frab
from agenda.sessions.queries.draft import Draft, draft_of
from core.imports.exports import csv_response, xlsx_response
from core.imports.flow import ImportFlow, Options, Preview
from core.imports.rows import Parsed
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.imports.views import import_pages


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of a programme, for a page or a worker: :raises Http404: they may not"""
    kickoff = kickoff_to_plan_or_404(by, slug)
    grid = reverse("agenda:sessions:grid", kwargs={"slug": slug})

    def run(parsed: Parsed, options: Options, *, dry_run: bool) -> actions.Report:
        return actions.import_programme(
            kickoff=kickoff,
            parsed=parsed,
            seats=options["seats"],
            from_first_day=bool(options["from_first_day"]),
            by=by,
            at=timezone.now(),
            dry_run=dry_run,
        )

    def commit(parsed: Parsed, options: Options) -> str:
        report = run(parsed, options, dry_run=False)
        message = _("%(created)s sessions created, %(changed)s changed, %(unchanged)s unchanged.")
        counts = ("created", "changed", "unchanged")
        return message % {name: f"{getattr(report, name):,}" for name in counts}

    return ImportFlow(
        purpose=f"programme:{slug}",
        title=gettext_lazy("Import a programme"),
        lead=gettext_lazy(
            "A table, a calendar (.ics), or the schedule XML that pretalx and frab write."
            " Nobody sees any of it before the next release."
        ),
        fields=actions.FIELDS,
        upload_url=reverse("agenda:schedules:import", kwargs={"slug": slug}),
        preview_url=lambda token: reverse(
            "agenda:schedules:preview", kwargs={"slug": slug, "token": token}
        ),
        done_url=grid,
        check=lambda *said: _preview(run(*said, dry_run=True)),
        commit=commit,
        options_form=ProgrammeOptionsForm,
        crumbs=[(grid, gettext_lazy("Agenda"))],
        limits=actions.LIMITS,
        read=actions.read_programme,
        accept=actions.PROGRAMMES,
    )


def _preview(report: actions.Report) -> Preview:
    return Preview(
        counts=[
            (_("Sessions created"), report.created),
            (_("Sessions changed"), report.changed),
            (_("Sessions unchanged"), report.unchanged),
            (_("Rooms that are new"), len(report.rooms)),
            (_("Conflicts of the draft then"), report.conflicts.total()),
        ],
        button=ngettext("Import %(count)s session", "Import %(count)s sessions", report.rows)
        % {"count": f"{report.rows:,}"},
        notes=list(report.notes()),
        changes_nothing=not report.created and not report.changed,
    )


import_programme, preview_programme = import_pages(open_import)


@login_required
@require_GET
def export_programme(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    draft = draft_of(kickoff)
    name = f"{slug}-programme"
    if kind in ("csv", "xlsx"):
        respond = csv_response if kind == "csv" else xlsx_response
        return respond(f"{name}.{kind}", HEADERS, _rows(kickoff, draft))
    if kind not in ("ics", "xml"):
        raise Http404
    entries = queries.entries_of(draft)
    if kind == "ics":
        data = calendar_of(kickoff.name, entries, kickoff.zone, timezone.now())
        return _download(data, f"{name}.ics", "text/calendar; charset=utf-8")
    return _download(_schedule(kickoff, entries), f"{name}.xml", "application/xml; charset=utf-8")


def _schedule(kickoff: Kickoff, entries: list[Entry]) -> bytes:
    url = f"sko:{kickoff.slug}"
    days = list(kickoff.days)
    version = f"{timezone.now():%Y-%m-%d %H:%M}"
    return write_frab(kickoff.name, kickoff.slug, version, url, kickoff.zone, days, entries)


def _rows(kickoff: Kickoff, draft: Draft) -> list[list[str]]:
    called = queries.source_ids(kickoff)
    return [
        [
            called[one.id],
            one.title,
            one.type,
            one.room_name,
            one.starts_at.astimezone(kickoff.zone).isoformat() if one.starts_at else "",
            str(one.minutes),
            BETWEEN.join(one.names),
            one.outcome,
            one.description,
        ]
        for one in draft.sessions.values()
    ]


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
