"""A task on a page of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.numbers import whole_number
from core.refusals import told_in, told_on
from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import access, actions
from events.planning.forms import LinkForm, TaskForm, seen_by
from events.planning.models import PlanningTask
from events.planning.views.words import said_with_moved
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    chosen = {"workstream": request.GET.get("workstream", "")}
    form = TaskForm(request.POST or None, kickoff=kickoff, initial=chosen)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PlanningRefused):
            task = actions.add_task(
                kickoff=kickoff, details=form.details, by=request.user, at=timezone.now()
            )
            messages.success(request, _("“%(task)s” is on the timeline.") % {"task": task.title})
            return redirect("events:planning:list", slug=slug)
    return render(request, "events/planning/form.html", {"kickoff": kickoff, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_or_404(request.user, slug, task_id)
    form = _task_form(task, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PlanningRefused), seen_by(form):
            changed = actions.update_task(
                task_id=task.pk,
                details=form.details,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, said_with_moved(_("The task is changed."), changed))
            return redirect("events:planning:list", slug=slug)
    return _page(request, task, form, LinkForm(task=task))


@login_required
@require_POST
def link(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Let a task wait for another one."""
    task = access.task_or_404(request.user, slug, task_id)
    form = LinkForm(request.POST, task=task)
    if form.is_valid():
        with told_in(form, actions.PlanningRefused):
            linked = actions.link_tasks(
                task_id=task.pk,
                predecessor_id=form.cleaned_data["predecessor"].pk,
                lag_days=form.cleaned_data["lag_days"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, said_with_moved(_("The task waits for it."), linked))
            return redirect("events:planning:edit", slug=slug, task_id=task.pk)
    return _page(request, task, _task_form(task), form)


@login_required
@require_POST
def unlink(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Let a task wait for another one no longer."""
    task = access.task_or_404(request.user, slug, task_id)
    with told_on(request, actions.PlanningRefused):
        unlinked = actions.unlink_tasks(
            task_id=task.pk,
            predecessor_id=whole_number(request.POST.get("predecessor", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
        said = said_with_moved(_("The task no longer waits for it."), unlinked)
        messages.success(request, said)
    return redirect("events:planning:edit", slug=slug, task_id=task.pk)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_or_404(request.user, slug, task_id)
    with told_on(request, actions.PlanningRefused):
        actions.delete_task(task_id=task.pk, by=request.user, at=timezone.now())
        messages.success(request, _("“%(task)s” is deleted.") % {"task": task.title})
    return redirect("events:planning:list", slug=slug)


def _task_form(task: PlanningTask, data: QueryDict | None = None) -> TaskForm:
    initial = {**model_to_dict(task), "seen": task.seen}
    return TaskForm(data, kickoff=task.kickoff, initial=initial)


def _page(
    request: AuthenticatedRequest, task: PlanningTask, form: TaskForm, link_form: LinkForm
) -> HttpResponse:
    context = {
        "kickoff": task.kickoff,
        "task": task,
        "form": form,
        "link_form": link_form,
        "waits_for": task.waits_for.select_related("predecessor").order_by("pk"),
        "holds_up": task.holds_up.select_related("task").order_by("pk"),
    }
    status = 422 if form.errors or link_form.errors else 200
    return render(request, "events/planning/form.html", context, status=status)
