from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from core.imports.flow import ImportFlow, Options, Preview, preview_page, upload_page
from core.imports.mapping import Columns
from core.imports.problems import refuse_rows
from core.imports.tables import Table
from events.comp.queries import published_editions
from events.kickoff.models import Kickoff
from events.packets import access, actions, queries
from events.packets.rules.files import FIELDS, PacketFile, read_packets
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@keeps_figures
def upload(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return upload_page(request, _flow(kickoff, request.user))


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def preview(request: AuthenticatedRequest, slug: str, token: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return preview_page(request, _flow(kickoff, request.user), token)


def _flow(kickoff: Kickoff, by: Person) -> ImportFlow:
    desk = reverse("events:packets:desk", kwargs={"slug": kickoff.slug})

    @sensitive_variables()
    def check(table: Table, columns: Columns, options: Options) -> Preview:
        file = _read(kickoff, table, columns)
        plan = actions.plan_import(kickoff=kickoff, rows=file.rows)
        return Preview(
            counts=plan.in_words,
            button=ngettext("Import %(count)d packet", "Import %(count)d packets", plan.changed)
            % {"count": plan.changed},
            notes=[_("Reps see nothing before you release.")],
            changes_nothing=not plan.changed,
        )

    @sensitive_variables()
    def commit(table: Table, columns: Columns, options: Options) -> str:
        file = _read(kickoff, table, columns)
        done = actions.import_packets(kickoff=kickoff, rows=file.rows, by=by, at=timezone.now())
        return _("%(changed)d packets imported, %(same)d were the same.") % {
            "changed": done.changed,
            "same": done.unchanged,
        }

    return ImportFlow(
        purpose=f"packets:{kickoff.pk}",
        title=_("Import packets"),
        lead=_(
            "One row a rep: quota, base, target variable, territory. Errors come by row and"
            " column, and nothing is written until every row is right."
        ),
        fields=FIELDS,
        upload_url=reverse("events:packets:import", kwargs={"slug": kickoff.slug}),
        preview_url=lambda token: reverse(
            "events:packets:import_preview", kwargs={"slug": kickoff.slug, "token": token}
        ),
        done_url=desk,
        check=check,
        commit=commit,
        crumbs=[(reverse("events:kickoff:list"), _("Kickoffs")), (desk, _("Packets"))],
    )


@sensitive_variables()
def _read(kickoff: Kickoff, table: Table, columns: Columns) -> PacketFile:
    """:raises FileRefused: a row has a problem"""
    file = read_packets(table, columns, queries.roster(kickoff), published_editions())
    if file.problems:
        raise refuse_rows(file.problems)
    return file
