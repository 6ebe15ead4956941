"""The timeline as a board: a card for each task, in columns by state or by workstream."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import access, actions, queries, rules
from events.planning.forms import PlaceForm
from events.planning.models import PlanningTask
from events.planning.views.narrowed import View, state_names, view_of
from events.planning.views.words import said_with_moved
from people.accounts.requests import AuthenticatedRequest

MOST = 40  # cards of a column; the list shows the others


@dataclass(frozen=True)
class Column:
    """One column: its first cards, and where the list shows all of them."""

    value: str
    name: str
    lines: Sequence[queries.Line]
    list_url: str

    @property
    def cards(self) -> Sequence[queries.Line]:
        return self.lines[:MOST]

    @property
    def more(self) -> int:
        return max(len(self.lines) - MOST, 0)


@login_required
@require_GET
def show(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """By state, or with `by=workstream` by that."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    view = view_of(request, kickoff, "board")
    by = view.asked.by or rules.By.STATE
    context = {"kickoff": kickoff, "view": view, "by": by, "columns": _columns(view, by)}
    return render(request, "events/planning/board.html", context)


@login_required
@require_POST
def place(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """A card was dropped on a column: a workstream, done, or open again; tells a script what followed."""
    task = access.task_or_404(request.user, slug, task_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("There is no such column.")}, status=422)
    try:
        if form.cleaned_data["by"] == rules.By.WORKSTREAM:
            message = _give_to_workstream(request, task, **form.cleaned_data)
        else:
            message = _set_state(request, task, form.cleaned_data["column"])
    except actions.PlanningRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"message": message})


def _columns(view: View, by: rules.By) -> list[Column]:
    at = resolve_url("events:planning:list", view.lines.plan.kickoff.slug)
    if by is rules.By.WORKSTREAM:
        return [
            Column(
                stream,
                name,
                [line for line in view.shown if line.workstream == stream],
                at + view.asked.with_(workstream=stream).query,
            )
            for stream, name in view.lines.streams
        ]
    return [
        Column(
            state.value,
            name,
            [line for line in view.shown if line.state is state],
            at + view.asked.with_(state=state).query,
        )
        for state, name in state_names().items()
    ]


def _give_to_workstream(
    request: AuthenticatedRequest, task: PlanningTask, *, by: str, column: str, seen: str
) -> str:
    changed = actions.update_task(
        task_id=task.pk,
        details=replace(actions.Details.of(task), workstream=column),
        seen=seen,
        by=request.user,
        at=timezone.now(),
    )
    said = _("“%(task)s” belongs to %(workstream)s.") % {
        "task": changed.title,
        "workstream": changed.workstream_name,
    }
    return said_with_moved(said, changed)


def _set_state(request: AuthenticatedRequest, task: PlanningTask, column: str) -> str:
    now = timezone.now()
    if column == rules.State.DONE:
        actions.complete_task(task_id=task.pk, by=request.user, at=now)
        return _("“%(task)s” is done.") % {"task": task.title}
    if task.is_done:
        actions.reopen_task(task_id=task.pk, by=request.user, at=now)
        return _("“%(task)s” is open again.") % {"task": task.title}
    message = _("Where “%(task)s” stands follows from its dates: change its date, or mark it done.")
    raise actions.PlanningRefused(message % {"task": task.title})
