"""The page of whoever facilitates, on a phone in the room, and what they tap there."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agenda.panels import access, actions, queries
from agenda.panels.actions import QuestionWords
from agenda.panels.forms import FollowUpForm, MergeForm, QuoteForm
from agenda.panels.models import Tone
from agenda.panels.queries import Panel
from core.refusals import told_on
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def run(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    panel = queries.panel_of(access.panel_or_404(request.user, slug, session_id))
    return _page(request, panel)


@login_required
@require_GET
def hear(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    """What the audience asked since the page was loaded; nothing, while nothing is new."""
    session = access.panel_or_404(request.user, slug, session_id)
    heard = queries.new_questions(session, request.GET.getlist("heard"))
    if not heard.shown:
        return HttpResponse(status=204)
    context = {
        "kickoff": session.kickoff,
        "session": session,
        "issues": session.panel_issues.all(),
        "tones": Tone.choices,
        "heard": heard,
    }
    return render(request, "agenda/panels/_heard.html", context)


@login_required
@require_POST
def begin(
    request: AuthenticatedRequest, slug: str, session_id: int, question_id: int
) -> HttpResponse:
    question = access.question_or_404(request.user, slug, session_id, question_id)
    with told_on(request, actions.PanelRefused):
        actions.begin_question(question=question, by=request.user, at=timezone.now())
    return redirect("agenda:panels:run", slug=slug, session_id=session_id)


@login_required
@require_POST
def end(
    request: AuthenticatedRequest, slug: str, session_id: int, question_id: int
) -> HttpResponse:
    question = access.question_or_404(request.user, slug, session_id, question_id)
    actions.end_question(question=question, by=request.user, at=timezone.now())
    return redirect("agenda:panels:run", slug=slug, session_id=session_id)


@login_required
@require_POST
def catch_quote(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    panel = queries.panel_of(access.panel_or_404(request.user, slug, session_id))
    form = QuoteForm(request.POST, panel=panel)
    if form.is_valid():
        try:
            actions.catch_quote(
                panelist=form.cleaned_data["panelist"],
                words=form.cleaned_data["words"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("agenda:panels:run", slug=slug, session_id=session_id)
    return _page(request, panel, quote=form, status=422)


@login_required
@require_POST
def drop_quote(
    request: AuthenticatedRequest, slug: str, session_id: int, quote_id: int
) -> HttpResponse:
    quote = access.quote_or_404(request.user, slug, session_id, quote_id)
    actions.drop_quote(quote=quote, by=request.user, at=timezone.now())
    messages.success(request, _("The quote is deleted."))
    return redirect("agenda:panels:run", slug=slug, session_id=session_id)


@login_required
@require_POST
def follow_up(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    panel = queries.panel_of(access.panel_or_404(request.user, slug, session_id))
    form = FollowUpForm(request.POST, panel=panel)
    if form.is_valid():
        try:
            made = actions.follow_up(**form.cleaned_data, by=request.user, at=timezone.now())
        except actions.PanelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Promised. It is in the plan of %(name)s.")
            messages.success(request, said % {"name": made.person.full_name})
            return redirect("agenda:panels:run", slug=slug, session_id=session_id)
    return _page(request, panel, promise=form, status=422)


@login_required
@require_POST
def merge(request: AuthenticatedRequest, slug: str, session_id: int, heard_id: int) -> HttpResponse:
    """Put a question of the audience among those of the panel."""
    heard = access.heard_or_404(request.user, slug, session_id, heard_id)
    form = MergeForm(request.POST, session=heard.session)
    if form.is_valid():
        with told_on(request, actions.PanelRefused):
            said = QuestionWords(words=heard.words, **form.cleaned_data)
            actions.merge_question(heard=heard, said=said, by=request.user, at=timezone.now())
            messages.success(request, _("It is among the questions now."))
    else:
        messages.error(request, _("Choose an issue and 1 to 60 minutes."))
    return redirect("agenda:panels:run", slug=slug, session_id=session_id)


@login_required
@require_POST
def pass_on(
    request: AuthenticatedRequest, slug: str, session_id: int, heard_id: int
) -> HttpResponse:
    heard = access.heard_or_404(request.user, slug, session_id, heard_id)
    with told_on(request, actions.PanelRefused):
        actions.pass_on(heard=heard, by=request.user, at=timezone.now())
        messages.success(request, _("Sent on as an insight: it gets an owner and an answer."))
    return redirect("agenda:panels:run", slug=slug, session_id=session_id)


@login_required
@require_POST
def set_aside(
    request: AuthenticatedRequest, slug: str, session_id: int, heard_id: int
) -> HttpResponse:
    heard = access.heard_or_404(request.user, slug, session_id, heard_id)
    with told_on(request, actions.PanelRefused):
        actions.set_aside(heard=heard, by=request.user, at=timezone.now())
        messages.success(request, _("Set aside."))
    return redirect("agenda:panels:run", slug=slug, session_id=session_id)


def _page(
    request: AuthenticatedRequest,
    panel: Panel,
    *,
    quote: QuoteForm | None = None,
    promise: FollowUpForm | None = None,
    status: int = 200,
) -> HttpResponse:
    session, kickoff = panel.session, panel.session.kickoff
    now = panel.now.question if panel.now else None
    by_date = kickoff.ends_date + timedelta(days=7)
    context = {
        "kickoff": kickoff,
        "session": session,
        "panel": panel,
        "issues": panel.issues,
        "now_until": now.begun_at + timedelta(minutes=now.minutes)
        if now and now.begun_at
        else None,
        "at": timezone.now(),
        "heard": queries.waiting_questions(session),
        "tones": Tone.choices,
        "quotes": queries.quotes_anywhere(session),
        "quote_form": quote or QuoteForm(panel=panel),
        "promised": queries.promised(session),
        "promise_form": promise or FollowUpForm(panel=panel, initial={"by_date": by_date}),
    }
    return render(request, "agenda/panels/run.html", context, status=status)
