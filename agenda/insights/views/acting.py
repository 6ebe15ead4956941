"""What planners and owners do with an insight: each posts, and leads back to its page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agenda.insights import access, actions
from agenda.insights.forms import ActForm, AnswerForm, DeclineForm, GiveForm, RemarkForm
from agenda.insights.models import Insight
from agenda.insights.views.reading import page_of
from core.refusals import told_in, told_on
from core.undo import said_with_undo
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_POST
def give(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    insight, at = access.insight_to_plan_or_404(request.user, slug, insight_id), timezone.now()

    def do(form: Form) -> str:
        said = form.cleaned_data
        actions.give(insight=insight, **said, by=request.user, at=at)
        return _("%(name)s is asked for an answer.") % {"name": said["owner"].display_name}

    return _done(request, insight, "give", GiveForm(request.POST, at=at), do)


@login_required
@require_POST
def answer(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    return _answered(request, slug, insight_id, "answer", AnswerForm, actions.answer)


@login_required
@require_POST
def decline(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    return _answered(request, slug, insight_id, "decline", DeclineForm, actions.decline)


@login_required
@require_POST
def act(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    return _answered(request, slug, insight_id, "act", ActForm, actions.act)


@login_required
@require_POST
def remark(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    insight, at = access.insight_to_answer_or_404(request.user, slug, insight_id), timezone.now()

    def do(form: Form) -> str:
        actions.say(insight=insight, **form.cleaned_data, by=request.user, at=at)
        return _("Said.")

    return _done(request, insight, "remark", RemarkForm(request.POST, auto_id="remark-%s"), do)


@login_required
@require_POST
def merge(request: AuthenticatedRequest, slug: str, insight_id: int, into_id: int) -> HttpResponse:
    """Put one to another: both are in the address."""
    insight = access.insight_to_plan_or_404(request.user, slug, insight_id)
    into = access.insight_to_plan_or_404(request.user, slug, into_id)
    with told_on(request, actions.InsightRefused):
        head = actions.merge(insight=insight, into=into, by=request.user, at=timezone.now())
        said = _("“%(what)s” is put to “%(head)s”.") % {"what": insight.what, "head": head.what}
        said_with_undo(request, said, reverse("agenda:insights:part", args=[slug, insight.pk]))
        return redirect("agenda:insights:page", slug, head.pk)
    return redirect("agenda:insights:page", slug, insight.pk)


@login_required
@require_POST
def part(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    """Let one that was put to another stand for itself again."""
    insight = access.insight_to_plan_or_404(request.user, slug, insight_id)
    actions.take_apart(insight=insight, by=request.user, at=timezone.now())
    messages.success(request, _("“%(what)s” stands for itself again.") % {"what": insight.what})
    return redirect("agenda:insights:page", slug, insight.pk)


@login_required
@require_POST
def remind(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Remind owners of what is late."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    done = actions.remind_owners(kickoff=kickoff, by=request.user, at=timezone.now())
    said = ngettext("%(count)d owner is reminded.", "%(count)d owners are reminded.", done.sent)
    if not done.sent:
        said = _("Nobody is reminded: nothing is late, or they were told today.")
    messages.success(request, said % {"count": done.sent})
    return redirect("agenda:insights:board", slug)


def _answered(
    request: AuthenticatedRequest,
    slug: str,
    insight_id: int,
    name: str,
    form: type[Form],
    say: Callable[..., int],
) -> HttpResponse:
    """What an owner says, in one of three ways; each tells the room."""
    insight, at = access.insight_to_answer_or_404(request.user, slug, insight_id), timezone.now()

    def do(said: Form) -> str:
        return _told(say(insight=insight, **said.cleaned_data, by=request.user, at=at))

    return _done(request, insight, name, form(request.POST, auto_id=f"{name}-%s"), do)


def _done(
    request: AuthenticatedRequest,
    insight: Insight,
    name: str,
    form: Form,
    do: Callable[[Form], str],
) -> HttpResponse:
    """Do it and lead back; with something wrong, the page keeps what was written."""
    if form.is_valid():
        with told_in(form, actions.InsightRefused):
            messages.success(request, do(form))
            return redirect("agenda:insights:page", insight.kickoff.slug, insight.pk)
    return page_of(request, insight, {name: form})


def _told(count: int) -> str:
    said = ngettext(
        "The room is told: %(count)d person.", "The room is told: %(count)d people.", count
    )
    return said % {"count": count}
