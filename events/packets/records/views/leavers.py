from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, ListSpec
from core.refusals import told_on
from events.packets.records import access, actions, queries
from events.packets.records.models import LeaverLink
from events.packets.records.views.exports import start
from events.packets.records.views.guarding import kept_nowhere
from events.sealing.views import confirm_who
from people.accounts.requests import AuthenticatedRequest

LIST = ListSpec(
    columns=[
        Column("person", gettext_lazy("Who left"), sort="full_name"),
        Column("left", gettext_lazy("Last day"), sort="leave_date", narrow=False),
        Column("link", gettext_lazy("Link")),
        Column("downloads", gettext_lazy("Downloads"), numeric=True, narrow=False),
        Column("act", ""),
    ],
    search=["full_name", "email"],
    default_order=["full_name"],
    per_page=50,
)


@login_required
@require_GET
@kept_nowhere
def leavers(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.records_or_404(request.user, slug)
    at = timezone.now()
    page = LIST.page(queries.leavers_of(kickoff, at), request.GET)
    links = queries.links_of(page.rows)
    for row in page.rows:
        link = links.get(row.pk)
        kind, word = _shown(link, at)
        row.show = {  # type: ignore[attr-defined]  # for the template
            "link": link,
            "kind": kind,
            "word": word,
            "is_open": link is not None and link.is_open(at),
        }
    context = {"kickoff": kickoff, "tab": "leavers", "page": page}
    return render(request, "events/packets/records/leavers.html", context)


@login_required
@require_POST
@kept_nowhere
@sensitive_variables()
def link_make(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    kickoff = access.records_or_404(request.user, slug)
    confirm_who(request)
    try:
        key = actions.make_link(
            kickoff=kickoff, rep_id=person_id, by=request.user, at=timezone.now()
        )
    except actions.RecordRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:records:leavers", slug=slug)
    start(key.link.handout)
    path = reverse("events:packet_copy", kwargs={"token": key.token})
    # Shown by this answer alone: neither half is stored, so loading it again shows neither
    context = {
        "kickoff": kickoff,
        "link": key.link,
        "url": request.build_absolute_uri(path),
        "code": key.code,
    }
    return render(request, "events/packets/records/link_made.html", context)


@login_required
@require_POST
@kept_nowhere
def link_revoke(request: AuthenticatedRequest, slug: str, link_id: int) -> HttpResponse:
    link = access.link_or_404(request.user, slug, link_id)
    with told_on(request, actions.RecordRefused):
        actions.revoke_link(link_id=link.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The link is ended, and its files are deleted."))
    return redirect("events:packets:records:leavers", slug=slug)


def _shown(link: LeaverLink | None, at: datetime) -> tuple[str, str]:
    """The state of a link: a kind, and a word."""
    if link is None:
        return "wait", _("None yet")
    if link.revoked_at is not None:
        return "wait", _("Ended")
    if link.is_locked:
        return "late", _("Locked: too many wrong codes")
    if link.is_used_up:
        return "done", _("Used up")
    if at >= link.expires_at:
        return "wait", _("Expired")
    return ("done", _("Fetched")) if link.downloads else ("soon", _("Not fetched yet"))
