"""The packet desk of RevOps, and one packet for RevOps or a manager."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from core.lists import Column, Filter, ListSpec
from core.once import asking_once
from core.ui.figures import day, moment, money
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.delivery import access, actions, hooks, queries
from events.packets.delivery.models import ApproverKind, PacketVersion
from events.packets.delivery.rules import states
from events.packets.delivery.rules.exceptions import NOTICE
from events.packets.delivery.views.showing import figures_of
from events.sealing.rules import Unreadable
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry
from people.changes.queries import waiting_since
from people.org.models import Region
from people.waiting.queries import waits_at

State = PacketVersion.State
CHIPS = [
    "DECLINED", "DRAFT", "WAITING", "APPROVED", "EMBARGOED", "NONE", "RELEASED", "VIEWED",
    "RECEIVED", "ACCEPTED", "EXPIRED", "RECALLED",
]  # fmt: skip

LIST = ListSpec(
    columns=[
        Column("pick", ""),
        Column("rep", gettext_lazy("Rep"), sort="person__full_name"),
        Column("region", gettext_lazy("Region"), sort="person__region__name", narrow=False),
        Column("quota", gettext_lazy("Quota"), numeric=True, narrow=False),
        Column("version", gettext_lazy("Version"), sort="number", narrow=False),
        Column("state", gettext_lazy("State"), sort="rank"),
        Column("last", gettext_lazy("What happened last"), sort="last_at", narrow=False),
    ],
    filters=[
        Filter(
            "region",
            gettext_lazy("Region"),
            lambda: Region.objects.values_list("pk", "name"),
            "person__region_id",
            chips=False,
        )
    ],
    search=["person__full_name", "person__email", "person__job_title"],
    default_order=["rank", "person__full_name"],
    per_page=25,
)


@login_required
@require_GET
@keeps_figures
@asking_once()
@sensitive_variables()
def desk(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    counts, left = queries.counts_by_state(kickoff, timezone.now())
    page = _list(counts).page(queries.desk_rows(kickoff), request.GET)
    embargoes = queries.embargoes(kickoff)
    _read_quotas(kickoff, page.rows, {one.release.pk: one for one in embargoes})
    if any(row.packet_id for row in page.rows):  # type: ignore[attr-defined]  # annotated by its query
        record_entry(by=request.user, verb="packets.listed", at=timezone.now(), object=kickoff)
    starts = queries.next_start(kickoff)
    sent, lapses = queries.latest_round(kickoff), queries.lapsed_drafts(kickoff)
    went_back = sent is not None and not (sent.is_open or sent.is_approved)
    again = queries.packets_to_send_again(sent) if sent and went_back else []
    return render(
        request,
        "events/packets/delivery/desk.html",
        {
            "kickoff": kickoff,
            "page": page,
            "total": sum(counts.values()) - left,
            "left": left,
            "panels": hooks.panels_on_desk(kickoff, request.user),
            "waits": waits_at(slug, request.user, timezone.now()),
            "changes": waiting_since()[0],
            "drafts": counts.get(State.DRAFT, 0),
            "approved": counts.get(State.APPROVED, 0),
            "progress": queries.approval_progress(kickoff) if counts.get(states.WAITING) else [],
            "waiting": counts.get(states.WAITING, 0),
            "round": sent,
            "to_send_again": again,
            "questions": queries.questions_to_answer(sent) if sent and sent.is_open else [],
            "embargoes": embargoes,
            "lapses": lapses if lapses and not set(lapses.packet_ids) <= set(again) else None,
            "has_packets": set(counts) - {states.NO_PACKET},
            "due": starts - NOTICE if starts else None,
        },
    )


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def detail(request: AuthenticatedRequest, slug: str, packet_id: int) -> HttpResponse:
    reading = access.packet_or_404(request.user, slug, packet_id)
    if reading.as_rep:
        return redirect("events:packets:delivery:mine", slug=slug)
    packet, at = reading.packet, timezone.now()
    version = (
        queries.latest_version(packet) if reading.as_revops else queries.version_in_force(packet)
    )
    embargo = queries.embargo_of(packet)
    context = {
        "kickoff": packet.kickoff,
        "packet": packet,
        "as_revops": reading.as_revops,
        "embargo": embargo,
        "opened_at": at,
    }
    if version is None:
        if embargo is None:
            raise Http404
        return render(request, "events/packets/delivery/waiting.html", context)
    version.packet = packet
    context |= figures_of(version)
    context["panels"] = hooks.panels_beside(version, request.user)
    context["versions"] = queries.released_versions(packet)
    if reading.as_revops:
        context |= _for_revops(version)
    # Recorded once the figures could be opened, and before anybody sees them
    actions.record_reading(version=version, by=request.user, at=at, verb=_verb(version))
    template = "_panel.html" if request.htmx else "detail.html"
    return render(request, f"events/packets/delivery/{template}", context)


def _list(counts: Mapping[str, int]) -> ListSpec:
    """The list with a chip for each state that occurs."""
    chips = Filter(
        "state",
        gettext_lazy("State"),
        [(state, states.word(state)) for state in CHIPS if counts.get(state)],
        "packet_state",
        chips=True,
        counts=True,
    )
    return replace(LIST, filters=[*LIST.filters, chips])


def _verb(version: PacketVersion) -> str:
    return "packet.viewed" if version.is_released else "packet.previewed"


def _for_revops(version: PacketVersion) -> dict[str, Any]:
    """What RevOps can do with a version, and what the approvers said."""
    stands = version.state in PacketVersion.IN_FORCE
    returned = queries.last_return(version)
    given = queries.approvals_of([version.pk]).get(version.pk, {})
    return {
        "may_submit": version.state == State.DRAFT
        and version.submitted_at is None
        and queries.open_round(version.packet.kickoff) is None,
        "may_release": version.state == State.APPROVED and version.release_id is None,
        "may_recall": stands,
        "may_record": stands and not version.is_signed,
        "sides": [(kind.label, given.get(kind)) for kind in ApproverKind],
        "shows_sides": version.submitted_at is not None or bool(given),
        "returned": returned,
        # Sent back since then says more
        "lapse": None if returned else queries.lapse_of(version),
    }


@sensitive_variables()
def _read_quotas(
    kickoff: Kickoff, rows: list[Attendee], embargoes: Mapping[int, queries.Embargo]
) -> None:
    """Give each row its quota, its state in words, and what is missing or happened last."""
    ids = [row.version_id for row in rows if row.version_id]  # type: ignore[attr-defined]  # annotated by its query
    versions = queries.versions_by_id(ids)
    things = queries.last_things(versions)
    for row in rows:
        state = row.packet_state  # type: ignore[attr-defined]  # annotated by its query
        show: dict[str, object] = {"kind": states.kind(state), "word": states.word(state)}
        version = versions.get(row.version_id)  # type: ignore[attr-defined]  # annotated by its query
        if version is not None:
            try:
                content = version.read()
            except Unreadable as problem:
                show["problem"] = str(problem)
            else:
                show["quota"] = money(content.quota.amount, content.currency)
                if content.territory.is_empty:
                    show["problem"] = _("No territory yet")
                elif not content.pays_target():
                    show["problem"] = _("100% does not pay the target")
            last, embargo = things[version.pk], embargoes.get(version.release_id or 0)
            show["last"] = _last(kickoff, version, last)
            show["next"] = _next(state, kickoff, last, embargo)
        row.show = show  # type: ignore[attr-defined]  # for the template


def _next(
    state: str, kickoff: Kickoff, last: queries.Happened, embargo: queries.Embargo | None
) -> str:
    """What an unreleased version waits for, in words."""
    if embargo is not None and not embargo.is_unconfirmed:
        return _("Out %(when)s") % {"when": moment(embargo.due_at, kickoff.zone)}
    if state == State.APPROVED:
        return _("Ready to release")
    if state == states.WAITING:
        missing = queries.missing_kinds(last.approved)
        return _("Waits for: %(sides)s") % {"sides": ", ".join(missing)}
    return ""


def _last(kickoff: Kickoff, version: PacketVersion, last: queries.Happened) -> str:
    """What happened last, with its moment; the end of a plan is a day."""
    over = version.effective_to
    if version.state == State.EXPIRED and kickoff.local_date(last.at) <= over:
        return _("Ended %(day)s") % {"day": day(over, "year")}
    return f"{last.what}, {moment(last.at, kickoff.zone)}"
