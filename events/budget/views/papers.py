"""The papers of a line: added on its page, read, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.refusals import told_on
from events.budget import access, actions
from events.budget.forms import PaperForm
from people.accounts.requests import AuthenticatedRequest
from people.files.views import send_file


@login_required
@require_POST
def add(request: AuthenticatedRequest, slug: str, line_id: int) -> HttpResponse:
    line = access.line_or_404(request.user, slug, line_id)
    if not access.may_change(request.user, line.budget.kickoff):
        raise Http404
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        with told_on(request, actions.BudgetRefused):
            paper = actions.add_file(
                line=line,
                upload=form.cleaned_data["file"],
                kind=form.cleaned_data["kind"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("“%(name)s” is kept.") % {"name": paper.file.name})
    else:
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(wrong))
    return redirect("events:budget:line", slug=slug, line_id=line_id)


@login_required
@require_GET
def read(request: AuthenticatedRequest, slug: str, file_id: int) -> HttpResponseBase:
    return send_file(request, access.paper_or_404(request.user, slug, file_id).file)


@login_required
@require_POST
def remove(request: AuthenticatedRequest, slug: str, file_id: int) -> HttpResponse:
    paper = access.paper_or_404(request.user, slug, file_id)
    if not access.may_change(request.user, paper.line.budget.kickoff):
        raise Http404
    with told_on(request, actions.BudgetRefused):
        actions.remove_file(paper=paper, by=request.user, at=timezone.now())
        messages.success(request, _("“%(name)s” is taken out.") % {"name": paper.file.name})
    return redirect("events:budget:line", slug=slug, line_id=paper.line_id)
