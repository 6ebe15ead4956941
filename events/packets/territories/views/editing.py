"""Territories drawn up, changed and deleted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in
from events.packets.territories import access, actions
from events.packets.territories.forms import TerritoryForm
from events.packets.territories.models import DEFAULT_ROLE
from events.packets.territories.views.showing import open_desk
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def create(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.territories_or_404(request.user, slug)
    desk = open_desk(request, kickoff)
    form = TerritoryForm(
        request.POST or None,
        plan=desk.plan,
        owner=request.GET.get("owner", ""),
        role=desk.role,
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.TerritoryRefused):
            territory = actions.create_territory(
                kickoff=kickoff,
                role=" ".join(form.cleaned_data["role"].split()) or DEFAULT_ROLE,
                details=form.details,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The territory is drawn up."))
            return redirect(
                "events:packets:territories:detail", slug=slug, territory_id=territory.pk
            )
    return render(request, "events/packets/territories/form.html", {**desk.context, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, territory_id: int) -> HttpResponse:
    territory = access.territory_or_404(request.user, slug, territory_id)
    desk = open_desk(request, territory.kickoff, role=territory.role)
    form = TerritoryForm(request.POST or None, plan=desk.plan, territory=territory)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.TerritoryRefused):
            actions.update_territory(
                territory_id=territory.pk,
                details=form.details,
                seen_at=form.cleaned_data["seen_at"] or territory.changed_at,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The territory is changed."))
            return redirect(
                "events:packets:territories:detail", slug=slug, territory_id=territory.pk
            )
    context = {**desk.context, "form": form, "territory": territory}
    return render(request, "events/packets/territories/form.html", context)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, territory_id: int) -> HttpResponse:
    territory = access.territory_or_404(request.user, slug, territory_id)
    try:
        count = actions.delete_territory(
            territory_id=territory.pk, by=request.user, at=timezone.now()
        )
    except actions.TerritoryRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:territories:detail", slug=slug, territory_id=territory_id)
    said = ngettext(
        "“%(name)s” is deleted. %(count)d account left it.",
        "“%(name)s” is deleted. %(count)d accounts left it.",
        count,
    )
    messages.success(request, said % {"name": territory.name, "count": count})
    return redirect(reverse("events:packets:territories:plan", kwargs={"slug": slug}))
