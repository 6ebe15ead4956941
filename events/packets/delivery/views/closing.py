"""“What if I close …”: worked out for the rep as they type, and kept nowhere."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from events.packets.comp.rules import curves
from events.packets.delivery import access
from events.packets.delivery.forms import ClosedForm
from events.packets.delivery.views.showing import figures_of
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_POST
@sensitive_post_parameters("closed")
@keeps_figures
@sensitive_variables()
def what_if(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    """
    Answer by the plan of the version that they read: a part of the page, or one of its own.

    What they type comes in the body, since addresses are logged; an empty field asks nothing.
    """
    version = access.own_version_or_404(request.user, slug, packet_id, number)
    content = version.read()
    asked = request.POST if request.POST.get("closed", "").strip() or not request.htmx else None
    form = ClosedForm(asked, content=content)
    shown: dict[str, Any] = {"curve": curves.draw(*content.own_numbers)}
    if form.is_valid():
        what = content.example_of(form.cleaned_data["closed"])
        until = curves.wide_enough(what.attainment)
        shown = {
            "what": what,
            "together": content.comp.base + what.earned,
            "is_beyond": what.attainment > until,
            "curve": curves.draw(*content.own_numbers, until=until, mine=what),
        }
    if request.htmx:
        context = {"closed_form": form, "content": content, **shown}
        return render(request, "events/packets/delivery/_what_if.html", context)
    context = {"kickoff": version.packet.kickoff, "packet": version.packet, **figures_of(version)}
    return render(
        request,
        "events/packets/delivery/what_if.html",
        {**context, "closed_form": form, **shown},
        status=422 if form.errors else 200,
    )
