from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.folding import alphabetical
from core.refusals import told_in, told_on
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from events.planning import access, actions, queries, rules
from events.planning.forms import TaskForm, WorkstreamOwnerForm
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return render(request, "events/planning/list.html", _timeline(request, kickoff))


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
    form = TaskForm(request.POST or None, kickoff=task.kickoff, initial=model_to_dict(task))
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PlanningRefused):
            actions.update_task(
                task_id=task.pk, details=form.details, by=request.user, at=timezone.now()
            )
            messages.success(request, _("The task is changed."))
            return redirect("events:planning:list", slug=slug)
    context = {"kickoff": task.kickoff, "task": task, "form": form}
    return render(request, "events/planning/form.html", context)


@login_required
@require_POST
def toggle(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Set the tick to what `done` says, so that a second click of a slow page does no harm."""
    task = access.task_or_404(request.user, slug, task_id)
    act = actions.complete_task if request.POST.get("done") == "1" else actions.reopen_task
    with told_on(request, actions.PlanningRefused):
        act(task_id=task.pk, by=request.user, at=timezone.now())
    if not request.htmx:
        return redirect(_back(request, slug))
    task.refresh_from_db(fields=["done_at", "done_by"])
    context = {"kickoff": task.kickoff, "task": task, "today": _today(task.kickoff)}
    return render(request, "events/planning/_task.html", context)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_or_404(request.user, slug, task_id)
    with told_on(request, actions.PlanningRefused):
        actions.delete_task(task_id=task.pk, by=request.user, at=timezone.now())
        messages.success(request, _("“%(task)s” is deleted.") % {"task": task.title})
    return redirect("events:planning:list", slug=slug)


@login_required
@require_POST
def name_owner(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = WorkstreamOwnerForm(request.POST, kickoff=kickoff)
    if not form.is_valid():
        messages.error(request, _("Choose one of the people in the list."))
        return redirect("events:planning:list", slug=slug)
    with told_on(request, actions.PlanningRefused):
        actions.name_owner(
            kickoff=kickoff,
            workstream=form.cleaned_data["workstream"],
            owner=form.cleaned_data["owner"],
            by=request.user,
            at=timezone.now(),
        )
    return redirect("events:planning:list", slug=slug)


def _timeline(request: AuthenticatedRequest, kickoff: Kickoff) -> dict[str, Any]:
    """Everything that the timeline page shows, filtered as its URL says."""
    today = _today(kickoff)
    strands = queries.strands(kickoff, today)
    every_task = queries.tasks_of(kickoff)
    workstream, owner = request.GET.get("workstream", ""), request.GET.get("owner", "")
    shown = [
        task
        for task in every_task
        if workstream in ("", task.workstream)
        and owner in ("", str(task.answerable.pk if task.answerable else "none"))
    ]
    people = {task.answerable.pk: task.answerable for task in every_task if task.answerable}
    return {
        "kickoff": kickoff,
        "today": today,
        "groups": rules.timeline(shown, today, kickoff.ends_date),
        "strands": strands,
        "possible_owners": list(queries.possible_owners(kickoff, timezone.now())),
        "task_owners": sorted(people.values(), key=lambda person: alphabetical(person.full_name)),
        "workstream": workstream,
        "owner": owner,
        "counts": {
            "total": len(every_task),
            "open": sum(strand.counts.open for strand in strands),
            "late": sum(strand.counts.late for strand in strands),
        },
    }


def _today(kickoff: Kickoff) -> date:
    return kickoff.local_date(timezone.now())


def _back(request: AuthenticatedRequest, slug: str) -> str:
    """Where the tick was made: the timeline, or a page of ours that shows tasks too."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return resolve_url("events:planning:list", slug=slug)
