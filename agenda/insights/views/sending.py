"""Send what was heard in a session, from a phone."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agenda.insights import access, actions
from agenda.insights.forms import SendForm
from core.refusals import told_in
from core.traces import leaves_no_trace
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@leaves_no_trace
def send(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    at = timezone.now()
    kickoff, session = access.session_to_report_or_404(request.user, slug, session_id, at)
    form = SendForm(request.POST or None, initial={"key": uuid4()})
    if form.is_valid():
        with told_in(form, actions.InsightRefused):
            actions.send_insight(
                kickoff=kickoff,
                session=session,
                **form.said(),
                by=request.user if form.is_signed else None,
                at=at,
            )
            messages.success(request, _("Sent. The room is told what comes of it."))
            return redirect("agenda:insights:send", slug, session_id)
    context = {"kickoff": kickoff, "session": session, "form": form}
    return render(request, "agenda/insights/send.html", context)
