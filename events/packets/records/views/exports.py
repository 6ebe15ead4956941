from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.due.starting import start_on_commit
from core.lists import Column, ListSpec
from core.refusals import told_in
from events.kickoff.models import Kickoff
from events.packets.records import access, actions, queries, tasks
from events.packets.records.forms import ExportForm
from events.packets.records.models import Handout
from events.packets.records.views.guarding import archive, kept_nowhere
from events.sealing.rules import Unreadable
from events.sealing.views import confirm_who, has_confirmed
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest

LIST = ListSpec(
    columns=[
        Column("asked", gettext_lazy("Asked for"), sort="requested_at"),
        Column("scope", gettext_lazy("Whose packets")),
        Column("by", gettext_lazy("By"), sort="requested_by__full_name", narrow=False),
        Column("downloads", gettext_lazy("Downloads"), numeric=True, narrow=False),
        Column("state", gettext_lazy("State"), sort="state"),
        Column("act", ""),
    ],
    default_sort="-asked",
    per_page=25,
)


@login_required
@require_GET
@kept_nowhere
@sensitive_variables()
def exports(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.records_or_404(request.user, slug)
    page = LIST.page(queries.exports_of(kickoff), request.GET)
    for row in page.rows:
        row.is_mine = row.requested_by_id == request.user.pk  # type: ignore[attr-defined]  # for the template
        row.said = _purpose(row, request.user)  # type: ignore[attr-defined]  # for the template
    context = {
        "kickoff": kickoff,
        "tab": "exports",
        "page": page,
        "is_going": any(row.state == Handout.State.WAITING for row in page.rows),
    }
    template = "_exports.html" if request.htmx else "exports.html"
    return render(request, f"events/packets/records/{template}", context)


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("purpose")
@kept_nowhere
@sensitive_variables()
def export_new(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.records_or_404(request.user, slug)
    form = ExportForm(request.POST or None, kickoff=kickoff)
    if has_confirmed(request, form) and form.is_valid():
        with told_in(form, actions.RecordRefused):
            handout = actions.export_for_counsel(
                kickoff=kickoff,
                purpose=form.cleaned_data["purpose"],
                region=form.cleaned_data["region"],
                rep=form.cleaned_data["rep"],
                by=request.user,
                at=timezone.now(),
            )
            start(handout)
            messages.success(request, _("The export is being made. You can leave this page."))
            return redirect("events:packets:records:exports", slug=slug)
    context = {"kickoff": kickoff, "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/packets/records/export_new.html", context, status=status)


@login_required
@require_POST
@kept_nowhere
@sensitive_variables()
def export_download(request: AuthenticatedRequest, slug: str, handout_id: int) -> HttpResponse:
    handout = access.export_or_404(request.user, slug, handout_id)
    confirm_who(request)
    try:
        actions.record_fetch(handout=handout, by=request.user, at=timezone.now())
    except actions.RecordRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:records:exports", slug=slug)
    return archive(handout, _name(handout.kickoff))


@login_required
@require_POST
@kept_nowhere
def export_end(request: AuthenticatedRequest, slug: str, handout_id: int) -> HttpResponse:
    handout = access.export_or_404(request.user, slug, handout_id)
    if actions.end_handout(handout_id=handout.pk, at=timezone.now()):
        messages.success(request, _("The files are deleted. That they were made is kept."))
    return redirect("events:packets:records:exports", slug=slug)


def start(handout: Handout) -> None:
    """Have a task make the files, once they are asked for; without a broker the tick does."""
    start_on_commit(tasks.build_handout, handout_id=handout.pk)


def _name(kickoff: Kickoff | None) -> str:
    """A file name that says neither whose it is nor what for: it stays in lists of downloads."""
    return f"packets-{slugify(kickoff.fiscal_year) if kickoff else 'all'}.zip"


@sensitive_variables()
def _purpose(handout: Handout, viewer: Person) -> str:
    """What an export is for, to whoever asked for it."""
    if handout.requested_by_id != viewer.pk:
        return ""
    try:
        return handout.purpose()
    except Unreadable:
        return ""
