"""RevOps takes a released version back, or records a receipt that was given otherwise."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from core.refusals import told_in
from events.packets.delivery import access, actions, queries
from events.packets.delivery.forms import RecallForm, RecordForm
from events.sealing.views import has_confirmed, keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("reason")
@keeps_figures
@sensitive_variables()
def recall(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.version_to_manage_or_404(request.user, slug, packet_id, number)
    form = RecallForm(request.POST if request.method == "POST" else None)
    if has_confirmed(request, form) and form.is_valid():
        with told_in(form, actions.PacketRefused):
            done = actions.recall_packet(
                version_id=version.pk,
                by=request.user,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(
                request,
                _("Version %(number)d is taken back. Version %(before)d is in force again.")
                % {"number": number, "before": done.in_force.number}
                if done.in_force
                else _("Version %(number)d is taken back. None is in force now.")
                % {"number": number},
            )
            return redirect("events:packets:delivery:desk", slug=slug)
    context = {
        "kickoff": version.packet.kickoff,
        "packet": version.packet,
        "version": version,
        "form": form,
        "before": queries.replaced_by(version),
    }
    return render(
        request, "events/packets/delivery/recall.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("reason", "evidence")
@keeps_figures
@sensitive_variables()
def record(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.version_to_manage_or_404(request.user, slug, packet_id, number)
    kickoff, rep = version.packet.kickoff, version.packet.rep
    if version.is_signed:
        messages.info(request, _("The receipt for this version was given already."))
        return redirect("events:packets:delivery:detail", slug=slug, packet_id=packet_id)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        initial={"typed_name": rep.full_name, "given_date": kickoff.local_date(timezone.now())},
    )
    if has_confirmed(request, form) and form.is_valid():
        with told_in(form, actions.PacketRefused):
            actions.record_receipt(
                version_id=version.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(
                request,
                _("The receipt of %(name)s is recorded. They get a mail.")
                % {"name": rep.display_name},
            )
            return redirect("events:packets:delivery:desk", slug=slug)
    context = {"kickoff": kickoff, "packet": version.packet, "version": version, "form": form}
    return render(
        request, "events/packets/delivery/record.html", context, status=422 if form.errors else 200
    )
