"""What a rep does with their own packet: reads, signs, accepts or declines."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from core.refusals import told_in
from events.packets.comp.queries import clauses_of
from events.packets.delivery import access, actions, hooks, queries
from events.packets.delivery.forms import AnswerForm, ClosedForm, ReceiptForm
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.delivery.views.showing import figures_of
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, packet = access.mine_or_404(request.user, slug)
    version = queries.version_in_force(packet) if packet else None
    if packet is None or version is None:
        context = {
            "kickoff": kickoff,
            "embargo": queries.embargo_of(packet) if packet else None,
            "older": queries.released_versions(packet) if packet else [],
            "packet": packet,
        }
        return render(request, "events/packets/delivery/mine_none.html", context)
    version.packet = packet
    context = _context(packet, version, request.user)
    actions.record_reading(version=version, by=request.user, at=timezone.now())
    return render(request, "events/packets/delivery/mine.html", context)


@login_required
@require_POST
@sensitive_post_parameters("typed_name")
@keeps_figures
@sensitive_variables()
def sign(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.own_version_or_404(request.user, slug, packet_id, number)
    form = _receipt_form(request.POST, version, request.user)
    if form.is_valid():
        with told_in(form, actions.PacketRefused, field="typed_name"):
            actions.sign_receipt(
                version_id=version.pk,
                by=request.user,
                typed_name=form.cleaned_data["typed_name"],
                at=timezone.now(),
            )
            messages.success(
                request,
                _("You signed the receipt for version %(number)d.") % {"number": number},
            )
            return redirect("events:packets:delivery:mine", slug=slug)
    return _again(request, version, {"form": form}, form)


@login_required
@require_POST
@sensitive_post_parameters("typed_name", "reason")
@keeps_figures
@sensitive_variables()
def answer(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.own_version_or_404(request.user, slug, packet_id, number)
    declining = request.POST.get("answer") == AnswerForm.DECLINE
    form = AnswerForm(request.POST, declining=declining, rep=request.user)
    if form.is_valid():
        given = {
            "version_id": version.pk,
            "by": request.user,
            "at": timezone.now(),
            **form.cleaned_data,
        }
        with told_in(form, actions.PacketRefused, field="typed_name"):
            if declining:
                actions.decline_packet(**given)
            else:
                actions.accept_packet(**given)
            messages.success(
                request,
                _("You declined version %(number)d. RevOps and your manager know.")
                % {"number": number}
                if declining
                else _("You accepted version %(number)d.") % {"number": number},
            )
            return redirect("events:packets:delivery:mine", slug=slug)
    name = "decline_form" if declining else "accept_form"
    return _again(request, version, {name: form}, form)


@sensitive_variables()
def _again(
    request: AuthenticatedRequest,
    version: PacketVersion,
    forms: dict[str, Any],
    form: ReceiptForm | AnswerForm,
) -> HttpResponse:
    """The page with what is wrong beside the field; if it shows no such form, with the reason."""
    in_force = queries.version_in_force(version.packet)
    shows = in_force is not None and in_force.pk == version.pk and _shows(in_force, form)
    if in_force is None or not shows:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("events:packets:delivery:mine", slug=version.packet.kickoff.slug)
    in_force.packet = version.packet
    context = {**_context(version.packet, in_force, request.user), **forms}
    return render(request, "events/packets/delivery/mine.html", context, status=422)


def _shows(version: PacketVersion, form: ReceiptForm | AnswerForm) -> bool:
    return _may_answer(version) if isinstance(form, AnswerForm) else not version.is_signed


def _may_answer(version: PacketVersion) -> bool:
    return version.state in (PacketVersion.State.RECEIVED, PacketVersion.State.DECLINED)


def _receipt_form(data: Any, version: PacketVersion, rep: Person) -> ReceiptForm:
    year = version.packet.kickoff.fiscal_year
    return ReceiptForm(data, rep=rep, number=version.number, year=year)


@sensitive_variables()
def _context(packet: Packet, version: PacketVersion, rep: Person) -> dict[str, Any]:
    figures = figures_of(version)
    kickoff = packet.kickoff
    return {
        "kickoff": kickoff,
        "packet": packet,
        "form": _receipt_form(None, version, rep),
        "accept_form": AnswerForm(rep=rep),
        "decline_form": AnswerForm(rep=rep, declining=True),
        "closed_form": ClosedForm(content=figures["content"]),
        "embargo": queries.embargo_of(packet),
        "older": [older for older in queries.released_versions(packet) if older.pk != version.pk],
        "openings": queries.openings(packet),
        "clauses": clauses_of(figures["content"].comp.terms),
        "sign_by": kickoff.days[-1],
        "may_sign": not version.is_signed,
        "may_answer": _may_answer(version),
        "panels": hooks.panels_beside(version, rep),
        **figures,
    }
