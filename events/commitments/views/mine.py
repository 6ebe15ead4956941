"""My plan: to choose, to keep, to change, to print."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from core.undo import said_with_undo
from events.commitments import actions, queries
from events.commitments.access import commitment_or_404, occurrence_or_404
from events.commitments.forms import AddForm, AdoptForm, RewordForm
from events.commitments.models import Occurrence, Source
from events.kickoff.access import kickoff_as_attendee_or_404, kickoff_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def show_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    now = timezone.now()
    kind = queries.kind_at(request.user, kickoff)
    suggested = queries.suggested_to(kind, kickoff)
    form = AdoptForm(kickoff, suggested, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_on(request, actions.CommitmentRefused):
            actions.adopt_plan(kickoff=kickoff, chosen=form.chosen, by=request.user, at=now)
            messages.success(request, _("This is your plan. Your manager looks at it in the 1:1."))
            return redirect("events:commitments:mine", slug=slug)
    context: dict[str, Any] = {
        "kickoff": kickoff,
        "view": queries.plan_of(request.user, kickoff, now),
        "form": form,
        "suggested": suggested,
        "may_adopt": kind is not None and queries.is_time_to_adopt(kickoff, now),
        "add": AddForm(),
        "sums": queries.adds_up(request.user, kickoff, [bet for bet, _said in suggested], now),
        "taken": queries.taken_in_team(request.user, kickoff),
    }
    return render(request, "events/commitments/mine.html", context)


@login_required
@require_POST
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """One more promise of one's own."""
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    form = AddForm(request.POST)
    if form.is_valid():
        with told_on(request, actions.CommitmentRefused):
            actions.promise(
                kickoff=kickoff,
                person=request.user,
                source=Source.OWN,
                said=form.said(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Promised."))
    else:
        messages.error(request, " ".join(str(error) for of in form.errors.values() for error in of))
    return redirect("events:commitments:mine", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthenticatedRequest, slug: str, commitment_id: int) -> HttpResponse:
    commitment = commitment_or_404(request.user, slug, commitment_id)
    initial = {name: getattr(commitment, name) for name in RewordForm.base_fields}
    form = RewordForm(request.POST or None, initial=initial)
    if form.is_valid():
        with told_in(form, actions.CommitmentRefused):
            actions.reword(
                commitment=commitment, said=form.said(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("Changed."))
            return redirect("events:commitments:mine", slug=slug)
    context = {"kickoff": commitment.kickoff, "commitment": commitment, "form": form}
    return render(request, "events/commitments/change.html", context)


@login_required
@require_POST
def done(request: AuthenticatedRequest, slug: str, occurrence_id: int) -> HttpResponse:
    """One tap: done; or open again, where the address says so."""
    occurrence = occurrence_or_404(request.user, slug, occurrence_id)
    state = Occurrence.State.OPEN if request.GET.get("done") == "0" else Occurrence.State.DONE
    with told_on(request, actions.CommitmentRefused):
        actions.settle(
            occurrence=occurrence,
            answer=actions.Answer(state),
            by=request.user,
            at=timezone.now(),
        )
        said = {"words": occurrence.commitment.words}
        if state == Occurrence.State.DONE:
            said_with_undo(request, _("“%(words)s” is done.") % said, f"{request.path}?done=0")
        else:
            messages.success(request, _("“%(words)s” is open again.") % said)
    return redirect("events:commitments:mine", slug=slug)
