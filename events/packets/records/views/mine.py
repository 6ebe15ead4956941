from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from core.refusals import told_on
from events.packets.delivery import access as packets
from events.packets.delivery.hooks import Panel
from events.packets.delivery.models import PacketVersion
from events.packets.records import access, actions, queries
from events.packets.records.views.exports import start
from events.packets.records.views.guarding import archive, kept_nowhere
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
@kept_nowhere
def mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, _packet = packets.mine_or_404(request.user, slug)
    context = {
        "kickoff": kickoff,
        "handout": queries.own_handout(request.user, timezone.now()),
        "packets": queries.packets_in(rep=request.user).count(),
    }
    template = "_mine.html" if request.htmx else "mine.html"
    return render(request, f"events/packets/records/{template}", context)


@login_required
@require_POST
@kept_nowhere
def mine_ask(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    packets.mine_or_404(request.user, slug)
    with told_on(request, actions.RecordRefused):
        handout = actions.ask_for_own(by=request.user, at=timezone.now())
        start(handout)
    return redirect("events:packets:records:mine", slug=slug)


@login_required
@require_POST
@kept_nowhere
@sensitive_variables()
def mine_download(request: AuthenticatedRequest, slug: str, handout_id: int) -> HttpResponse:
    packets.mine_or_404(request.user, slug)
    handout = access.own_or_404(request.user, handout_id)
    try:
        actions.record_fetch(handout=handout, by=request.user, at=timezone.now())
    except actions.RecordRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:records:mine", slug=slug)
    return archive(handout, "my-packets.zip")


def beside_packet(version: PacketVersion, viewer: Person) -> Panel | None:
    """On a rep's own packet: the way to all of theirs."""
    if version.packet.rep_id != viewer.pk:
        return None
    return Panel("events/packets/records/_beside.html", {"kickoff": version.packet.kickoff})
