"""What managers and planners do with what was handed in: read, comment, ask again, look."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.refusals import told_in, told_on
from events.prework import access, actions, queries
from events.prework.forms import (
    CommentForm,
    ReopenForm,
)
from events.prework.hooks import page_of
from events.prework.models import PreworkItem
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def submission(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.submission_or_404(request.user, slug, item_id)
    if path := page_of(item, own=False):
        return redirect(path)
    return _submission(request, item)


@login_required
@require_POST
def reopen(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.submission_or_404(request.user, slug, item_id)
    form = ReopenForm(request.POST)
    if form.is_valid():
        with told_in(form, actions.PreworkRefused):
            actions.reopen_item(
                item_id=item.pk,
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, _("%(name)s is asked again.") % {"name": item.person.full_name}
            )
            return redirect("events:prework:submission", slug=slug, item_id=item.pk)
    return _submission(request, item, reopening=form)


@login_required
@require_POST
def comment(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.thread_or_404(request.user, slug, item_id)
    is_own = item.person_id == request.user.pk
    form = CommentForm(request.POST)
    if form.is_valid():
        with told_in(form, actions.PreworkRefused):
            actions.comment_on(
                item_id=item.pk, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
            )
            path = page_of(item, own=is_own)
            page = "events:prework:item" if is_own else "events:prework:submission"
            return redirect(path or reverse(page, args=[slug, item.pk]))
    return _submission(request, item, commenting=form)


@login_required
@require_POST
def review(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.submission_or_404(request.user, slug, item_id)
    with told_on(request, actions.PreworkRefused):
        actions.review_item(item_id=item.pk, by=request.user, at=timezone.now())
        messages.success(request, _("Looked at. Nothing more is asked for."))
    return redirect("events:prework:submission", slug=slug, item_id=item.pk)


def _submission(
    request: AuthenticatedRequest,
    item: PreworkItem,
    reopening: ReopenForm | None = None,
    commenting: CommentForm | None = None,
) -> HttpResponse:
    context = {
        "kickoff": item.assignment.kickoff,
        "item": item,
        "state": queries.state_of(item, timezone.now()),
        "thread": queries.thread_of(item),
        "form": reopening or ReopenForm(),
        "comment_form": commenting or CommentForm(),
    }
    return render(request, "events/prework/submission.html", context)
