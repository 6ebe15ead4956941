from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from core.imports.flow import ImportFlow, Options, Preview
from core.imports.problems import refused_as_file
from core.imports.rows import Parsed
from events.attendance.queries import reps_by_name
from events.packets.comp import access, actions, queries
from events.packets.comp.rules.rows import FIELDS, CompRow, read_comp
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.imports.views import import_pages


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of comp, for a page or a worker: :raises Http404: they may not"""
    kickoff = access.desk_or_404(by, slug)
    people = reverse("events:packets:comp:people", kwargs={"slug": kickoff.slug})

    @sensitive_variables()
    def read(parsed: Parsed) -> list[CompRow]:
        return read_comp(parsed, reps_by_name(kickoff), queries.plan_ids(kickoff))

    @sensitive_variables()
    def check(parsed: Parsed, options: Options) -> Preview:
        plan = actions.plan_import(kickoff=kickoff, rows=read(parsed))
        return Preview(
            counts=[
                (_("People who get comp of their own"), plan.created),
                (_("People whose comp changes"), plan.changed),
                (_("The same as now"), plan.unchanged),
            ],
            button=ngettext("Import %(count)d person", "Import %(count)d people", plan.written)
            % {"count": plan.written},
            notes=[_("Packets that were drafted keep what they say until they are drafted anew.")],
            changes_nothing=not plan.written,
        )

    @sensitive_variables()
    def commit(parsed: Parsed, options: Options) -> str:
        rows = read(parsed)
        with refused_as_file(actions.CompRefused):
            done = actions.import_comp(kickoff=kickoff, rows=rows, by=by, at=timezone.now())
        return _("Comp of %(written)d people imported, %(same)d were the same.") % {
            "written": done.written,
            "same": done.unchanged,
        }

    return ImportFlow(
        purpose=f"comp:{kickoff.slug}",
        title=_("Import comp"),
        lead=_(
            "One row a person: base, target variable, currency and, where it differs from their"
            " job title's, the plan. Nothing is written until every row is right."
        ),
        fields=FIELDS,
        upload_url=reverse("events:packets:comp:import", kwargs={"slug": kickoff.slug}),
        preview_url=lambda token: reverse(
            "events:packets:comp:import_preview", kwargs={"slug": kickoff.slug, "token": token}
        ),
        done_url=people,
        check=check,
        commit=commit,
        crumbs=[(reverse("events:kickoff:list"), _("Kickoffs")), (people, _("Comp plans"))],
    )


upload, preview = import_pages(open_import, keeps_figures)
