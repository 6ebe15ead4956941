"""How far the packets of a manager's line have come."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.lists import Column, ListSpec
from events.attendance.models import Attendee
from events.packets.coverage.queries.counts import board_rows
from events.packets.coverage.views.rows import STATE, put_in_words
from events.packets.delivery import access
from events.packets.delivery.queries import embargoes_of
from events.packets.inquiries.views.beside import report_panel
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.org.queries import confirmed_line_of, line_of

LINE = ListSpec(
    columns=[
        Column("rep", gettext_lazy("Rep"), sort="person__full_name"),
        Column("state", gettext_lazy("State"), sort="packet_state"),
        Column("version", gettext_lazy("Version"), sort="number", narrow=False),
        Column("released", gettext_lazy("Released"), sort="released_at", narrow=False),
        Column("opened", gettext_lazy("Opened"), sort="viewed_at", narrow=False),
        Column("signed", gettext_lazy("Signed"), sort="received_at", narrow=False),
    ],
    filters=[STATE],
    search=["person__full_name"],
    default_order=["received_at", "viewed_at", "released_at", "person__full_name"],
    per_page=50,
)


@login_required
@require_GET
def report(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.report_or_404(request.user, slug)
    line = board_rows(kickoff, timezone.now()).filter(person__in=line_of(request.user))
    page = LINE.page(line, request.GET)
    put_in_words(page.rows)
    may_read = access.may_read_line(request.user)
    opens = _opens(request.user, page.rows) if may_read else set()
    waiting = embargoes_of(kickoff, [row.person_id for row in page.rows])
    for row in page.rows:
        row.opens = row.person_id in opens  # type: ignore[attr-defined]  # for the template
        row.waits = may_read and not row.opens  # type: ignore[attr-defined]  # for the template
        if found := waiting.get(row.person_id):
            row.packet_id, row.embargo = found  # type: ignore[attr-defined]  # for the template
    context = {
        "kickoff": kickoff,
        "page": page,
        "unconfirmed": may_read and len(opens) < len(page.rows),
        "panel": report_panel(kickoff, request.user),
    }
    return render(request, "events/packets/coverage/report.html", context)


def _opens(manager: Person, rows: list[Attendee]) -> set[int]:
    """Whose packets a manager opens: not of people for whom RevOps has not confirmed them."""
    ids = [row.person_id for row in rows]
    return set(confirmed_line_of(manager).filter(pk__in=ids).values_list("pk", flat=True))
