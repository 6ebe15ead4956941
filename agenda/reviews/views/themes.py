"""What several deals say together."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agenda.reviews import access, actions
from agenda.reviews.forms import ThemeForm
from agenda.reviews.models import Theme
from agenda.reviews.queries import records
from core.refusals import told_in, told_on
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return _edit(request, kickoff, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, theme_id: int) -> HttpResponse:
    theme = access.theme_or_404(request.user, slug, theme_id)
    return _edit(request, theme.kickoff, theme)


def _edit(request: AuthenticatedRequest, kickoff: Kickoff, theme: Theme | None) -> HttpResponse:
    deals = records.heard_deals(kickoff)
    form = ThemeForm(request.POST or None, instance=theme, kickoff=kickoff, deals=deals)
    if form.is_valid():
        with told_in(form, actions.ReviewRefused):
            actions.keep_theme(
                kickoff=kickoff,
                theme=theme,
                said=actions.Said(
                    words=form.cleaned_data["words"],
                    reason=form.cleaned_data["reason"],
                    deals=list(form.cleaned_data["deals"]),
                    topic=form.cleaned_data["topic"],
                ),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("agenda:reviews:board", kickoff.slug)
    context = {"kickoff": kickoff, "theme": theme, "form": form, "deals": deals}
    return render(request, "agenda/reviews/theme.html", context)


@login_required
@require_POST
def send(request: AuthenticatedRequest, slug: str, theme_id: int) -> HttpResponse:
    """One tap: the theme is an insight, which then gets an owner."""
    theme = access.theme_or_404(request.user, slug, theme_id)
    with told_on(request, actions.ReviewRefused):
        made = actions.send_theme(theme=theme, by=request.user, at=timezone.now())
        messages.success(request, _("It is an insight now. Give it an owner."))
        return redirect("agenda:insights:page", slug, made.pk)
    return redirect("agenda:reviews:board", slug)


@login_required
@require_POST
def drop(request: AuthenticatedRequest, slug: str, theme_id: int) -> HttpResponse:
    theme = access.theme_or_404(request.user, slug, theme_id)
    actions.drop_theme(theme=theme, by=request.user, at=timezone.now())
    messages.success(request, _("The theme is gone."))
    return redirect("agenda:reviews:board", slug)
