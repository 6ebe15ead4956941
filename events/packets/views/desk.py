from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, Filter, ListSpec
from core.ui.figures import money
from events.attendance.models import Attendee
from events.packets import access, actions, queries
from events.packets.models import PacketVersion
from events.packets.rules import states, words
from events.packets.rules.sealing import Unreadable
from events.packets.views.showing import figures_of, keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry

CHIPS = ["NONE", "DRAFT", "APPROVED", "RELEASED", "VIEWED", "RECEIVED"]

LIST = ListSpec(
    columns=[
        Column("rep", gettext_lazy("Rep"), sort="person__full_name"),
        Column("region", gettext_lazy("Region"), sort="person__region__name", narrow=False),
        Column("quota", gettext_lazy("Quota"), numeric=True, narrow=False),
        Column("version", gettext_lazy("Version"), sort="number", narrow=False),
        Column("state", gettext_lazy("State"), sort="rank"),
        Column("last", gettext_lazy("What happened last"), sort="last_at", narrow=False),
    ],
    filters=[
        Filter(
            "state",
            gettext_lazy("State"),
            lambda: [(state, states.word(state)) for state in CHIPS],
            "packet_state",
            counts=True,
        )
    ],
    search=["person__full_name", "person__email"],
    default_order=["rank", "person__full_name"],
    per_page=25,
)


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def desk(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    page = LIST.page(queries.desk_rows(kickoff), request.GET)
    _read_quotas(page.rows)
    if any(row.packet_id for row in page.rows):  # type: ignore[attr-defined]
        record_entry(by=request.user, verb="packets.listed", at=timezone.now(), object=kickoff)
    counts = queries.counts_by_state(kickoff)
    starts = queries.next_start(kickoff)
    return render(
        request,
        "events/packets/desk.html",
        {
            "kickoff": kickoff,
            "page": page,
            "coverage": queries.coverage(kickoff),
            "drafts": counts.get(PacketVersion.State.DRAFT, 0),
            "approved": counts.get(PacketVersion.State.APPROVED, 0),
            "has_packets": set(counts) - {states.NO_PACKET},
            "due": starts - queries.NOTICE if starts else None,
        },
    )


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def detail(request: AuthenticatedRequest, slug: str, packet_id: int) -> HttpResponse:
    reading = access.packet_or_404(request.user, slug, packet_id)
    if reading.as_rep:
        return redirect("events:packets:mine", slug=slug)
    packet, at = reading.packet, timezone.now()
    version = (
        queries.latest_version(packet) if reading.as_revops else queries.standing_version(packet)
    )
    if version is None:
        raise Http404
    version.packet = packet
    context = {
        "kickoff": packet.kickoff,
        "packet": packet,
        "as_revops": reading.as_revops,
        "opened_at": at,
        **figures_of(version),
    }
    # Recorded once the figures could be opened, and before anybody sees them
    actions.record_reading(version=version, by=request.user, at=at, verb=_verb(version))
    template = "_panel.html" if request.htmx else "detail.html"
    return render(request, f"events/packets/{template}", context)


@login_required
@require_POST
def approve(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    approved = actions.approve_packets(kickoff=kickoff, by=request.user, at=timezone.now())
    if approved.count:
        messages.success(
            request,
            ngettext(
                "%(count)d packet is approved.", "%(count)d packets are approved.", approved.count
            )
            % {"count": approved.count},
        )
    if approved.without_territory:
        messages.warning(
            request,
            _("No territory yet, so still a draft: %(names)s.")
            % {"names": words.named(approved.without_territory)},
        )
    return redirect("events:packets:desk", slug=slug)


@login_required
@require_POST
def release(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    try:
        count = actions.release_packets(kickoff=kickoff, by=request.user, at=timezone.now())
    except actions.PacketRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(count)d packet is released; its rep gets a mail.",
            "%(count)d packets are released; each rep gets a mail.",
            count,
        ) % {"count": count}
        messages.success(request, said if count else _("There was nothing left to release."))
    return redirect("events:packets:desk", slug=slug)


def _verb(version: PacketVersion) -> str:
    return "packet.viewed" if version.is_released else "packet.previewed"


@sensitive_variables()
def _read_quotas(rows: list[Attendee]) -> None:
    """Give each row its quota, its state in words and what is missing."""
    versions = queries.versions_by_id(
        [row.version_id for row in rows if row.version_id]  # type: ignore[attr-defined]
    )
    for row in rows:
        show: dict[str, object] = {
            "kind": states.kind(row.packet_state),  # type: ignore[attr-defined]
            "word": states.word(row.packet_state),  # type: ignore[attr-defined]
        }
        version = versions.get(row.version_id)  # type: ignore[attr-defined]
        if version is not None:
            try:
                content = version.read()
            except Unreadable as problem:
                show["problem"] = str(problem)
            else:
                show["quota"] = money(content.quota.amount, content.currency)
                if content.territory.is_empty:
                    show["problem"] = _("No territory yet")
                elif not words.pays_target(content):
                    show["problem"] = _("100% does not pay the target")
        row.show = show  # type: ignore[attr-defined]
