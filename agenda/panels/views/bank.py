"""The question bank of a panel: its issues, and what is asked about each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agenda.panels import access, actions, queries
from agenda.panels.forms import IssueForm, QuestionForm
from agenda.panels.models import PanelQuestion
from agenda.sessions.models import Session
from core.refusals import told_in, told_on
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_POST
def add_issue(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = access.panel_or_404(request.user, slug, session_id)
    with told_on(request, actions.PanelRefused):
        words = _words(request)
        actions.add_issue(session=session, words=words, by=request.user, at=timezone.now())
        messages.success(request, _("The issue is added."))
    return redirect("agenda:panels:panel", slug=slug, session_id=session_id)


@login_required
@require_POST
def change_issue(
    request: AuthenticatedRequest, slug: str, session_id: int, issue_id: int
) -> HttpResponse:
    """Say an issue in other words, or take it away."""
    issue = access.issue_or_404(request.user, slug, session_id, issue_id)
    by, at = request.user, timezone.now()
    with told_on(request, actions.PanelRefused):
        if "remove" in request.POST:
            actions.remove_issue(issue=issue, by=by, at=at)
            messages.success(request, _("The issue is gone."))
        else:
            actions.reword_issue(issue=issue, words=_words(request), by=by, at=at)
            messages.success(request, _("The issue is saved."))
    return redirect("agenda:panels:panel", slug=slug, session_id=session_id)


@login_required
@require_http_methods(["GET", "POST"])
def add_question(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = access.panel_or_404(request.user, slug, session_id)
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, session=session, initial={"issue": request.GET.get("issue")})
    if form.is_valid():
        with told_in(form, actions.PanelRefused):
            actions.add_question(
                session=session, said=form.said, by=request.user, at=timezone.now()
            )
            _say_minutes(request, session)
            return redirect("agenda:panels:panel", slug=slug, session_id=session_id)
    return _form(request, session, form)


@login_required
@require_http_methods(["GET", "POST"])
def edit_question(
    request: AuthenticatedRequest, slug: str, session_id: int, question_id: int
) -> HttpResponse:
    question = access.question_or_404(request.user, slug, session_id, question_id)
    data = request.POST if request.method == "POST" else None
    fresh = access.question_or_404(request.user, slug, session_id, question_id)
    form = QuestionForm(data, session=question.session, instance=fresh)
    if form.is_valid():
        with told_in(form, actions.PanelRefused):
            actions.update_question(
                question=question,
                said=form.said,
                position=form.cleaned_data["position"],
                by=request.user,
                at=timezone.now(),
            )
            _say_minutes(request, question.session)
            return redirect("agenda:panels:panel", slug=slug, session_id=session_id)
    return _form(request, question.session, form, question)


@login_required
@require_POST
def remove_question(
    request: AuthenticatedRequest, slug: str, session_id: int, question_id: int
) -> HttpResponse:
    question = access.question_or_404(request.user, slug, session_id, question_id)
    actions.remove_question(question=question, by=request.user, at=timezone.now())
    messages.success(request, _("The question is deleted."))
    return redirect("agenda:panels:panel", slug=slug, session_id=session_id)


def _words(request: AuthenticatedRequest) -> str:
    form = IssueForm(request.POST)
    if form.is_valid():
        return str(form.cleaned_data["words"])
    raise actions.PanelRefused(" ".join(map(str, form.errors["words"])))


def _form(
    request: AuthenticatedRequest,
    session: Session,
    form: QuestionForm,
    question: PanelQuestion | None = None,
) -> HttpResponse:
    context = {"kickoff": session.kickoff, "session": session, "form": form, "question": question}
    status = 422 if form.errors else 200
    return render(request, "agenda/panels/question.html", context, status=status)


def _say_minutes(request: AuthenticatedRequest, session: Session) -> None:
    plan = queries.panel_of(session).plan
    if plan.over:
        said = _("Saved. The questions take %(planned)d minutes of %(length)d: %(over)d too many.")
        messages.warning(
            request,
            said % {"planned": plan.planned, "length": plan.length, "over": plan.over},
        )
    else:
        said = _("Saved. %(left)d minutes are left for the room.")
        messages.success(request, said % {"left": plan.left})
