from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from core.imports.flow import ImportFlow, Options, Preview
from core.imports.rows import Parsed
from events.packets.comp.queries import published_editions
from events.packets.delivery import access, actions, queries
from events.packets.delivery.rules.files import FIELDS, read_packets
from events.packets.delivery.rules.rows import PacketRow
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.imports.views import import_pages


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of packets, for a page or a worker: :raises Http404: they may not"""
    kickoff = access.desk_or_404(by, slug)
    desk = reverse("events:packets:delivery:desk", kwargs={"slug": kickoff.slug})

    @sensitive_variables()
    def read(parsed: Parsed) -> list[PacketRow]:
        return read_packets(parsed, queries.roster(kickoff), published_editions())

    @sensitive_variables()
    def check(parsed: Parsed, options: Options) -> Preview:
        plan = actions.plan_import(kickoff=kickoff, rows=read(parsed))
        return Preview(
            counts=plan.in_words,
            button=ngettext("Import %(count)d packet", "Import %(count)d packets", plan.changed)
            % {"count": plan.changed},
            notes=_notes(plan),
            changes_nothing=not plan.changed,
        )

    @sensitive_variables()
    def commit(parsed: Parsed, options: Options) -> str:
        rows = read(parsed)
        done = actions.import_packets(kickoff=kickoff, rows=rows, by=by, at=timezone.now())
        return _("%(changed)d packets imported, %(same)d were the same.") % {
            "changed": done.changed,
            "same": done.unchanged,
        }

    return ImportFlow(
        purpose=f"packets:{kickoff.slug}",
        title=_("Import packets"),
        lead=_(
            "One row a rep: quota, base, target variable, territory. Errors come by row and"
            " column, and nothing is written until every row is right."
        ),
        fields=FIELDS,
        upload_url=reverse("events:packets:delivery:import", kwargs={"slug": kickoff.slug}),
        preview_url=lambda token: reverse(
            "events:packets:delivery:import_preview", kwargs={"slug": kickoff.slug, "token": token}
        ),
        done_url=desk,
        check=check,
        commit=commit,
        crumbs=[(reverse("events:kickoff:list"), _("Kickoffs")), (desk, _("Packets"))],
    )


upload, preview = import_pages(open_import, keeps_figures)


def _notes(plan: actions.Imported) -> list[str]:
    notes = [_("Reps see nothing before you release.")]
    if plan.sent_back:
        said = ngettext(
            "A round is with the approvers, and goes as a whole: %(count)d packet that does not"
            " change comes back with it, without the approval of one side.",
            "A round is with the approvers, and goes as a whole: %(count)d packets that do not"
            " change come back with it, without the approvals of one side.",
            plan.sent_back,
        )
        notes.append(said % {"count": plan.sent_back})
    return notes
