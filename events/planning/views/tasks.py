"""A task on a page of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import access, actions
from events.planning.forms import TaskForm, seen_by
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
    initial = {**model_to_dict(task), "seen": task.seen}
    form = TaskForm(request.POST or None, kickoff=task.kickoff, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PlanningRefused), seen_by(form):
            actions.update_task(
                task_id=task.pk,
                details=form.details,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The task is changed."))
            return redirect("events:planning:list", slug=slug)
    context = {"kickoff": task.kickoff, "task": task, "form": form}
    return render(request, "events/planning/form.html", context)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_or_404(request.user, slug, task_id)
    with told_on(request, actions.PlanningRefused):
        actions.delete_task(task_id=task.pk, by=request.user, at=timezone.now())
        messages.success(request, _("“%(task)s” is deleted.") % {"task": task.title})
    return redirect("events:planning:list", slug=slug)
