from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, Filter, ListSpec
from core.refusals import told_in, told_on
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules import states
from events.packets.records import access, actions, queries
from events.packets.records.forms import HoldForm, ShredForm
from events.packets.records.queries import Kept
from events.packets.records.rules.retention import Fate
from events.packets.records.views.guarding import kept_nowhere
from events.sealing.views import confirm_who, has_confirmed
from people.accounts.requests import AuthenticatedRequest

FATES = {
    Fate.DUE: ("soon", gettext_lazy("Due for deletion")),
    Fate.HELD: ("part", gettext_lazy("Held")),
    Fate.KEPT: ("wait", gettext_lazy("Kept")),
    Fate.SHREDDED: ("done", gettext_lazy("Deleted")),
}
COLUMNS = [
    Column("rep", gettext_lazy("Rep"), sort="packet__rep__full_name"),
    Column("version", gettext_lazy("Version"), sort="number", narrow=False),
    Column("state", gettext_lazy("State"), sort="state", narrow=False),
    Column("ended", gettext_lazy("Ended, or ends"), narrow=False),
    Column("until", gettext_lazy("Kept until"), narrow=False),
    Column("fate", gettext_lazy("What becomes of it")),
    Column("act", ""),
]


@login_required
@require_GET
@kept_nowhere
def retention(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.records_or_404(request.user, slug)
    at = timezone.now()
    kept = queries.kept_of(kickoff, at)
    by_id = {one.version.pk: one for one in kept}
    page = _spec(kept).page(
        PacketVersion.objects.filter(pk__in=by_id).defer("sealed").select_related("packet__rep"),
        request.GET,
    )
    for row in page.rows:
        found = by_id[row.pk]
        kind, word = FATES[found.fate]
        row.show = {  # type: ignore[attr-defined]  # for the template
            "kept": found,
            "kind": kind,
            "word": word,
            "state": states.word(row.state),
        }
    context = {
        "kickoff": kickoff,
        "tab": "retention",
        "page": page,
        "counts": [
            (word, sum(one.fate == fate for one in kept)) for fate, (_kind, word) in FATES.items()
        ],
        "years": settings.PACKET_RETENTION_YEARS,
        "due": sum(one.fate == Fate.DUE for one in kept),
        "elsewhere": queries.due_elsewhere(kickoff, at)[:5],
    }
    return render(request, "events/packets/records/retention.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("reason")
@kept_nowhere
@sensitive_variables()
def hold(request: AuthenticatedRequest, slug: str, packet_id: int) -> HttpResponse:
    packet = access.packet_or_404(request.user, slug, packet_id)
    held = queries.hold_in_force(packet)
    form = HoldForm(request.POST or None)
    if has_confirmed(request, form) and form.is_valid():
        with told_in(form, actions.RecordRefused):
            actions.place_hold(
                packet_id=packet.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request,
                _("The packet of %(name)s is held.") % {"name": packet.rep.display_name},
            )
            return redirect("events:packets:records:hold", slug=slug, packet_id=packet.pk)
    past = queries.holds_of(packet.kickoff).filter(packet=packet).exclude(lifted_at=None)
    context = {
        "kickoff": packet.kickoff,
        "packet": packet,
        "form": form,
        "held": held,
        "past": past,
    }
    status = 422 if form.errors else 200
    return render(request, "events/packets/records/hold.html", context, status=status)


@login_required
@require_POST
@kept_nowhere
def lift(request: AuthenticatedRequest, slug: str, hold_id: int) -> HttpResponse:
    found = access.hold_or_404(request.user, slug, hold_id)
    confirm_who(request)
    with told_on(request, actions.RecordRefused):
        actions.lift_hold(hold_id=found.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The hold is lifted. Retention runs again."))
    return redirect("events:packets:records:hold", slug=slug, packet_id=found.packet_id)


@login_required
@require_http_methods(["GET", "POST"])
@kept_nowhere
def shred(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.records_or_404(request.user, slug)
    at = timezone.now()
    due = [one for one in queries.kept_of(kickoff, at) if one.fate == Fate.DUE]
    form = ShredForm(request.POST or None, initial={"expected": len(due)})
    if request.method == "POST" and form.is_valid():
        confirm_who(request)
        with told_on(request, actions.RecordRefused):
            count = actions.shred_due(
                kickoff=kickoff, expected=form.cleaned_data["expected"], by=request.user, at=at
            )
            messages.success(
                request,
                ngettext(
                    "%(count)d version is deleted. That it was there, and who signed, is kept.",
                    "%(count)d versions are deleted. That they were there, and who signed, is kept.",
                    count,
                )
                % {"count": count},
            )
        return redirect("events:packets:records:retention", slug=slug)
    context = {"kickoff": kickoff, "due": due, "form": form}
    return render(
        request, "events/packets/records/shred.html", context, status=422 if form.errors else 200
    )


def _spec(kept: list[Kept]) -> ListSpec:
    """The list of what is kept; its filter knows what becomes of each."""
    ids = {fate: [one.version.pk for one in kept if one.fate == fate] for fate in FATES}
    order = [fate for fate in FATES if ids[fate]]

    def narrow(versions: Any, value: str) -> Any:
        return versions.filter(pk__in=ids.get(Fate(value), []))

    return ListSpec(
        columns=COLUMNS,
        filters=[
            Filter(
                "fate",
                gettext_lazy("What becomes of it"),
                [(fate, FATES[fate][1]) for fate in order],
                narrow,
            )
        ],
        search=["packet__rep__full_name", "packet__rep__email"],
        default_order=["packet__rep__full_name", "number"],
        per_page=50,
    )
