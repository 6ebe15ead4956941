"""A rep chooses deals and writes; managers and planners read; planners say what is wanted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from core.ui.figures import clock
from events.prework.forms import CommentForm, ReopenForm
from events.prework.queries import state_of, thread_of
from events.strategies import access, actions, queries
from events.strategies.forms import BriefForm, ChoiceForm, StrategyForm
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    """The deals that somebody brings, and those that they could bring."""
    item = access.own_strategies_or_404(request.user, slug, item_id)
    kickoff, at = item.assignment.kickoff, timezone.now()
    today = kickoff.local_date(at)
    offered = queries.offered_to(item, today)
    form = ChoiceForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.StrategyRefused):
            begun = actions.choose_deals(
                item_id=item.pk,
                deal_ids=form.cleaned_data["deals"],
                account=form.cleaned_data["account"],
                by=request.user,
                at=at,
            )
            if len(begun) == 1:
                return redirect("events:strategies:edit", slug, item.pk, begun[0].pk)
            return redirect("events:strategies:mine", slug, item.pk)
    written = queries.written_for(item, today)
    brief = queries.brief_of(item.assignment)
    stands = item.is_done and item.assignment.is_over(at)
    left = brief.most_deals - len(written)
    context = {
        "kickoff": kickoff,
        "item": item,
        "assignment": item.assignment,
        "at": at,
        "today": today,
        "state": state_of(item, at),
        "written": written,
        "offered": offered if left > 0 else [],
        "left": left,
        "ticked": 0 if written else left,
        "most": brief.most_deals,
        "form": form,
        "may_change": not item.assignment.is_withdrawn and not stands,
        "thread": thread_of(item),
        "comment_form": CommentForm(),
    }
    return render(request, "events/strategies/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, item_id: int, strategy_id: int) -> HttpResponse:
    """One strategy: kept as a draft, or all of the item handed in."""
    strategy = access.own_strategy_or_404(request.user, slug, item_id, strategy_id)
    item, at = strategy.item, timezone.now()
    form = StrategyForm(
        request.POST or None, initial=StrategyForm.initial_of(strategy.written, strategy.version)
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.cleaned_data["version"] = actions.keep_draft(
                strategy_id=strategy.pk,
                content=form.content,
                seen=form.cleaned_data["version"],
                by=request.user,
                at=at,
            )
            if "send" in request.POST:
                actions.send_strategies(item_id=item.pk, by=request.user, at=at)
                messages.success(request, _("Sent. Your manager and enablement can read it."))
                return redirect("events:strategies:mine", slug, item.pk)
            messages.success(request, _("Kept. Nobody else sees it until you send it."))
            return redirect("events:strategies:edit", slug, item.pk, strategy.pk)
        except actions.StrategyRefused as refusal:
            form.add_error(None, str(refusal))
            # Shown again, it takes the version that holds: who saves once more means to
            held = getattr(refusal, "version", form.cleaned_data["version"])
            form.data = {**request.POST.dict(), "version": str(held)}
    kickoff = item.assignment.kickoff
    today = kickoff.local_date(at)
    context = {
        "kickoff": kickoff,
        "item": item,
        "assignment": item.assignment,
        "shown": next(
            one for one in queries.written_for(item, today) if one.strategy.pk == strategy.pk
        ),
        "form": form,
        "may_change": not (item.is_done and item.assignment.is_over(at))
        and not item.assignment.is_withdrawn,
    }
    return render(request, "events/strategies/edit.html", context)


@login_required
@require_POST
def draft(request: AuthenticatedRequest, slug: str, item_id: int, strategy_id: int) -> HttpResponse:
    """What a page keeps while somebody types: answers the version that holds, and words."""
    strategy = access.own_strategy_or_404(request.user, slug, item_id, strategy_id)
    form, at = StrategyForm(request.POST), timezone.now()
    if not form.is_valid():
        return JsonResponse({"message": _("Not saved: something is too long.")}, status=422)
    try:
        version = actions.keep_draft(
            strategy_id=strategy.pk,
            content=form.content,
            seen=form.cleaned_data["version"],
            by=request.user,
            at=at,
        )
    except actions.StrategyRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    time = clock(at, strategy.item.assignment.kickoff.zone)
    return JsonResponse({"version": version, "message": _("Saved %(time)s") % {"time": time}})


@login_required
@require_POST
def drop(request: AuthenticatedRequest, slug: str, item_id: int, strategy_id: int) -> HttpResponse:
    strategy = access.own_strategy_or_404(request.user, slug, item_id, strategy_id)
    with told_on(request, actions.StrategyRefused):
        actions.drop_deal(strategy_id=strategy.pk, by=request.user, at=timezone.now())
        messages.success(request, _("Taken away. Choose another deal."))
    return redirect("events:strategies:mine", slug, item_id)


@login_required
@require_GET
def read(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    """What was handed in, for those who read it, and on paper."""
    item = access.strategies_or_404(request.user, slug, item_id)
    kickoff, at = item.assignment.kickoff, timezone.now()
    is_own = item.person_id == request.user.pk
    context = {
        "kickoff": kickoff,
        "item": item,
        "is_own": is_own,
        "state": state_of(item, at),
        "sent": queries.sent_of(item, kickoff.local_date(at)),
        "thread": thread_of(item),
        "form": None if is_own else ReopenForm(),
        "comment_form": CommentForm(),
    }
    return render(request, "events/strategies/read.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def brief(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    assignment = access.brief_or_404(request.user, slug, assignment_id)
    form = BriefForm(request.POST or None, initial=model_to_dict(queries.brief_of(assignment)))
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.StrategyRefused):
            actions.set_brief(
                assignment=assignment, wanted=form.wanted, by=request.user, at=timezone.now()
            )
            messages.success(request, _("The brief is kept."))
            return redirect("events:prework:missing", slug, assignment.pk)
    context = {"kickoff": assignment.kickoff, "assignment": assignment, "form": form}
    return render(request, "events/strategies/brief.html", context)
