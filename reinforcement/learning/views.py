from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.numbers import whole_number
from people.accounts.requests import AuthenticatedRequest
from reinforcement.learning import access, actions, queries
from reinforcement.learning.models import Answer
from reinforcement.learning.queries import Quiz
from reinforcement.touches.access import touch_or_404


@login_required
@require_POST
def start_quiz(request: AuthenticatedRequest, slug: str, touch_id: int) -> HttpResponse:
    touch = touch_or_404(request.user, slug, touch_id)
    try:
        attempt = actions.start_attempt(touch=touch, by=request.user, at=timezone.now())
    except actions.QuizRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reinforcement:touches:detail", slug=slug, touch_id=touch.pk)
    return redirect("reinforcement:learning:quiz", slug=slug, attempt_id=attempt.pk)


@login_required
@require_GET
def go_on(request: AuthenticatedRequest, slug: str, attempt_id: int) -> HttpResponse:
    """To the first question without an answer: the way back after a dropped connection."""
    attempt = access.attempt_or_404(request.user, slug, attempt_id)
    current = queries.quiz(attempt).current
    if current is None:
        return redirect("reinforcement:learning:result", slug=slug, attempt_id=attempt.pk)
    return redirect(
        "reinforcement:learning:question",
        slug=slug,
        attempt_id=attempt.pk,
        position=current.position,
    )


@login_required
@require_http_methods(["GET", "POST"])
def answer_question(
    request: AuthenticatedRequest, slug: str, attempt_id: int, position: int
) -> HttpResponse:
    attempt = access.attempt_or_404(request.user, slug, attempt_id)
    error = ""
    if request.method == "POST":
        choice_id = whole_number(request.POST.get("choice", ""))
        if choice_id is None:
            error = _("Choose one answer first.")
        else:
            try:
                actions.answer_question(
                    attempt=attempt,
                    position=position,
                    choice_id=choice_id,
                    by=request.user,
                    at=timezone.now(),
                )
            except actions.QuizRefused as refusal:
                error = str(refusal)
            else:
                return _after(slug, attempt_id, position, explained=not attempt.measures)
    quiz = queries.quiz(attempt)
    answer = quiz.at(position)
    if answer is None:
        raise Http404
    ahead = quiz.current is not None and position > quiz.current.position
    if ahead or (answer.choice_id and attempt.measures):
        return redirect("reinforcement:learning:quiz", slug=slug, attempt_id=attempt_id)
    return _question(request, quiz, answer, error)


@login_required
@require_GET
def show_result(request: AuthenticatedRequest, slug: str, attempt_id: int) -> HttpResponse:
    attempt = access.attempt_or_404(request.user, slug, attempt_id)
    quiz = queries.quiz(attempt)
    if quiz.current is not None:
        return redirect("reinforcement:learning:quiz", slug=slug, attempt_id=attempt_id)
    context = {
        "kickoff": attempt.touch.activity.campaign.kickoff,
        "attempt": attempt,
        "activity": attempt.touch.activity,
        "quiz": quiz,
        "topics": queries.topics_of(quiz),
    }
    return render(request, "reinforcement/learning/result.html", context)


def _after(slug: str, attempt_id: int, position: int, *, explained: bool) -> HttpResponse:
    """After an answer: its explanation in a lesson, the next question in a check."""
    if not explained:
        return redirect("reinforcement:learning:quiz", slug=slug, attempt_id=attempt_id)
    return redirect(
        "reinforcement:learning:question", slug=slug, attempt_id=attempt_id, position=position
    )


def _question(
    request: AuthenticatedRequest, quiz: Quiz, answer: Answer, error: str
) -> HttpResponse:
    activity = quiz.attempt.touch.activity
    context = {
        "kickoff": activity.campaign.kickoff,
        "attempt": quiz.attempt,
        "activity": activity,
        "quiz": quiz,
        "answer": answer,
        "is_answered": answer.choice_id is not None,
        "is_last": answer.position == quiz.total,
        "error": error,
    }
    return render(request, "reinforcement/learning/question.html", context)
