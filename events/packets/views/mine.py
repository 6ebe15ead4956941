from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from events.kickoff.models import Kickoff
from events.packets import access, actions, queries
from events.packets.forms import ReceiptForm
from events.packets.models import Packet, PacketVersion
from events.packets.rules.terms import clauses
from events.packets.views.showing import figures_of, keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, packet = access.mine_or_404(request.user, slug)
    version = queries.standing_version(packet) if packet else None
    if packet is None or version is None:
        return render(request, "events/packets/mine_none.html", {"kickoff": kickoff})
    version.packet = packet
    context = _context(kickoff, packet, version, _form(None, kickoff, version, request.user))
    actions.record_reading(version=version, by=request.user, at=timezone.now())
    return render(request, "events/packets/mine.html", context)


@login_required
@require_POST
@sensitive_post_parameters("typed_name")
@keeps_figures
@sensitive_variables()
def sign(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.own_version_or_404(request.user, slug, packet_id, number)
    kickoff = version.packet.kickoff
    form = _form(request.POST, kickoff, version, request.user)
    if form.is_valid():
        try:
            actions.sign_receipt(
                version_id=version.pk,
                by=request.user,
                typed_name=form.cleaned_data["typed_name"],
                at=timezone.now(),
            )
        except actions.PacketRefused as refusal:
            form.add_error("typed_name", str(refusal))
        else:
            messages.success(
                request,
                _("You signed the receipt for version %(number)d.") % {"number": number},
            )
            return redirect("events:packets:mine", slug=slug)
    standing = queries.standing_version(version.packet)
    if standing is None or standing.pk != version.pk:
        # What they signed is not what they hold: show that, with the reason
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("events:packets:mine", slug=slug)
    standing.packet = version.packet
    context = _context(kickoff, version.packet, standing, form)
    return render(request, "events/packets/mine.html", context, status=422)


def _form(data: Any, kickoff: Kickoff, version: PacketVersion, rep: Person) -> ReceiptForm:
    return ReceiptForm(data, rep=rep, number=version.number, year=kickoff.fiscal_year)


@sensitive_variables()
def _context(
    kickoff: Kickoff, packet: Packet, version: PacketVersion, form: ReceiptForm
) -> dict[str, Any]:
    figures = figures_of(version)
    return {
        "kickoff": kickoff,
        "packet": packet,
        "form": form,
        "older": [older for older in queries.released_versions(packet) if older.pk != version.pk],
        "openings": queries.openings(packet),
        "clauses": clauses(figures["content"].comp.terms),
        "sign_by": kickoff.days[-1],
        **figures,
    }
