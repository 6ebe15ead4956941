from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.kickoff.models import Kickoff
from events.packets.coverage import access, actions
from events.packets.coverage.forms import PlanForm, RemindForm
from events.packets.coverage.queries import reminders as queries
from events.packets.delivery.hooks import Panel
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.org.models import Region


@login_required
@require_POST
def remind(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_to_remind_or_404(request.user, slug)
    form = RemindForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whom to remind, and one of the regions of the list."))
        return redirect("events:packets:coverage:board", slug=slug)
    region = cast(Region | None, form.cleaned_data["region"])
    with told_on(request, actions.ReminderRefused):
        reminded = actions.remind_reps(
            kickoff=kickoff,
            only_unopened=form.cleaned_data["whom"] == RemindForm.UNOPENED,
            region_id=region.pk if region else None,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _said(reminded))
    return redirect("events:packets:coverage:board", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_to_remind_or_404(request.user, slug)
    form = PlanForm(request.POST or None, instance=queries.plan_of(kickoff))
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.ReminderRefused, field="above_days"):
            actions.save_plan(
                kickoff=kickoff,
                plan=form.plan,
                is_on=form.cleaned_data["is_on"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Reminders go out like this from now on."))
            return redirect("events:packets:coverage:board", slug=slug)
    status = 422 if form.errors else 200
    context = {"kickoff": kickoff, "form": form, "sent": queries.sent_so_far(kickoff)}
    return render(request, "events/packets/coverage/reminders.html", context, status=status)


def remind_panel(kickoff: Kickoff, viewer: Person) -> Panel | None:
    """The part of the coverage board that reminds."""
    if not access.may_remind(viewer):
        return None
    context = {
        "kickoff": kickoff,
        "to": queries.to_remind(kickoff, timezone.now()),
        "is_open": _is_open(kickoff),
    }
    return Panel("events/packets/coverage/_remind.html", context)


def _is_open(kickoff: Kickoff) -> bool:
    return kickoff.status not in (Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED)


def _said(reminded: actions.Reminded) -> str:
    if not reminded.sent:
        return (
            _("Nobody was left to remind: who waits had a mail today already.")
            if reminded.told_today
            else _("Nobody was left to remind.")
        )
    said = ngettext(
        "%(count)d rep gets a mail, between 8 and 18 in their own time.",
        "%(count)d reps get a mail, between 8 and 18 in their own time.",
        reminded.sent,
    ) % {"count": reminded.sent}
    if not reminded.told_today:
        return said
    left = ngettext(
        "%(count)d had one today already.", "%(count)d had one today already.", reminded.told_today
    ) % {"count": reminded.told_today}
    return f"{said} {left}"
