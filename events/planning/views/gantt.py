"""The timeline as a Gantt chart: read without a script, and moved bar by bar."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.refusals import told_on
from core.ui.figures import day
from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import access, actions, queries, rules
from events.planning.forms import ShiftForm
from events.planning.views.narrowed import view_of
from events.planning.views.words import said_with_moved
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Ten weeks around today, or as much as `zoom` asks for."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    view = view_of(request, kickoff, "gantt")
    chart = queries.gantt_of(view.lines, view.shown, view.zoom)
    context = {"kickoff": kickoff, "view": view, "chart": chart, "today": view.lines.today}
    return render(request, "events/planning/gantt.html", context)


@login_required
@require_POST
def freeze(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Keep the dates as they are as the baseline."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    with told_on(request, actions.PlanningRefused):
        count = actions.freeze_baseline(kickoff=kickoff, by=request.user, at=timezone.now())
        said = ngettext(
            "The date of %(count)d task is the baseline now.",
            "The dates of %(count)d tasks are the baseline now.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("events:planning:gantt", slug=slug)


@login_required
@require_POST
def shift(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Move a task by working days, set by hand from then on; tells a script what followed."""
    task = access.task_or_404(request.user, slug, task_id)
    form = ShiftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("Say by how many days.")}, status=422)
    days = form.cleaned_data["days"]
    plan = queries.plan_of(task.kickoff)
    calendar = plan.calendar_of(plan.tasks.get(task.pk, task))
    try:
        due = rules.work_on(task.due_date, days, calendar)
        changed = actions.update_task(
            task_id=task.pk,
            details=replace(actions.Details.of(task), own_date=due),
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except OverflowError:
        message = _("“%(task)s” cannot move that far.") % {"task": task.title}
        return JsonResponse({"message": message}, status=409)
    except actions.PlanningRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    said = _("“%(task)s” is due %(due)s, set by hand.") % {
        "task": changed.title,
        "due": day(changed.due_date),
    }
    return JsonResponse({"message": said_with_moved(said, changed)})
