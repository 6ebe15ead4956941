"""The timeline: narrowed, and changed where things stand. Each change leads back to it."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.lists.places import asked_of, came_from
from core.lists.rules import chosen_rows
from core.numbers import whole_number
from core.refusals import told_in, told_on
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from events.planning import access, actions, queries, rules
from events.planning.forms import (
    PlanDateForm,
    RowForm,
    SeveralForm,
    WorkstreamForm,
    WorkstreamOwnerForm,
    seen_by,
)
from events.planning.models import Timeline, Workstream
from events.planning.views.narrowed import view_of
from events.planning.views.words import said_with_moved
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return _page(request, kickoff)


@login_required
@require_POST
def toggle(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Set the tick to what `done` says, so that a second click of a slow page does no harm."""
    task = access.task_or_404(request.user, slug, task_id)
    with told_on(request, actions.PlanningRefused):
        if request.POST.get("done") == "1":
            actions.complete_task(task_id=task.pk, by=request.user, at=timezone.now())
            messages.success(request, _("“%(task)s” is done.") % {"task": task.title})
        else:
            actions.reopen_task(task_id=task.pk, by=request.user, at=timezone.now())
            messages.success(request, _("“%(task)s” is open again.") % {"task": task.title})
    return redirect(_back(request, slug))


@login_required
@require_POST
def change(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Owner and date of one task, in its row."""
    task = access.task_or_404(request.user, slug, task_id)
    form = RowForm(request.POST, task=task)
    if form.is_valid():
        with told_in(form, actions.PlanningRefused), seen_by(form):
            changed = actions.update_task(
                task_id=task.pk,
                details=form.details,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
            said = _("“%(task)s” is changed.") % {"task": task.title}
            messages.success(request, said_with_moved(said, changed))
            return redirect(_back(request, slug))
    return _page(request, task.kickoff, row=form)


@login_required
@require_POST
def change_several(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """All ticked tasks are done, given to somebody or moved; or none, with the reason in the bar."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = SeveralForm(request.POST, kickoff=kickoff)
    chosen = chosen_rows(request.POST.getlist("row"))
    if form.is_valid():
        with told_in(form, actions.PlanningRefused):
            messages.success(request, _do(form, kickoff, chosen, request))
            return redirect(_back(request, slug))
    return _page(request, kickoff, several=form, ticked=chosen)


@login_required
@require_GET
def show_settings(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who answers for each workstream, and when the comp plan takes effect."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    timeline = Timeline.objects.filter(kickoff=kickoff).first()
    context = {
        "kickoff": kickoff,
        "strands": queries.strands(kickoff, kickoff.local_date(timezone.now())),
        "possible_owners": queries.owner_options(kickoff, timezone.now()),
        "plan_form": PlanDateForm(
            initial={"plan_date": timeline.plan_date if timeline else None}, auto_id="plan-%s"
        ),
        "plan_date": timeline.plan_date if timeline else None,
        "stated": queries.stated_plan_dates(kickoff),
        "stream_form": WorkstreamForm(auto_id="stream-%s"),
        "own_streams": {one.value for one in Workstream},
        "here": request.path,
    }
    return render(request, "events/planning/settings.html", context)


@login_required
@require_POST
def name_owner(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = WorkstreamOwnerForm(request.POST, kickoff=kickoff)
    if not form.is_valid():
        messages.error(request, _("Choose one of the people in the list."))
        return redirect(_back(request, slug))
    with told_on(request, actions.PlanningRefused):
        actions.name_owner(
            kickoff=kickoff,
            workstream=form.cleaned_data["workstream"],
            owner=form.cleaned_data["owner"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
    return redirect(_back(request, slug))


@login_required
@require_POST
def add_workstream(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = WorkstreamForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the workstream a name of up to 40 letters."))
        return redirect(_back(request, slug))
    with told_on(request, actions.PlanningRefused):
        actions.add_workstream(
            kickoff=kickoff, name=form.cleaned_data["name"], by=request.user, at=timezone.now()
        )
    return redirect(_back(request, slug))


@login_required
@require_POST
def remove_workstream(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    with told_on(request, actions.PlanningRefused):
        actions.remove_workstream(
            kickoff=kickoff,
            workstream=request.POST.get("workstream", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect(_back(request, slug))


@login_required
@require_POST
def set_plan_date(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Say when the comp plan takes effect."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = PlanDateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter a valid date for the comp plan."))
        return redirect(_back(request, slug))
    with told_on(request, actions.PlanningRefused):
        moved = actions.set_plan_date(
            kickoff=kickoff,
            plan_date=form.cleaned_data["plan_date"],
            by=request.user,
            at=timezone.now(),
        )
        said = ngettext(
            "The date is kept. %(count)d task moves along.",
            "The date is kept. %(count)d tasks move along.",
            len(moved),
        )
        messages.success(request, said % {"count": len(moved)} if moved else _("The date is kept."))
    return redirect(_back(request, slug))


def _do(
    form: SeveralForm, kickoff: Kickoff, chosen: dict[int, str], request: AuthenticatedRequest
) -> str:
    """What was done to how many, in words."""
    data = form.cleaned_data
    known: dict[str, Any] = {
        "kickoff": kickoff,
        "chosen": chosen,
        "by": request.user,
        "at": timezone.now(),
    }
    if data["do"] == SeveralForm.DONE:
        count = actions.complete_tasks(**known)
        return ngettext("%(count)d task is done.", "%(count)d tasks are done.", count) % {
            "count": count
        }
    if data["do"] == SeveralForm.GIVE:
        count = actions.give_tasks(owner=data["owner"], **known)
        if data["owner"] is None:
            said = ngettext(
                "%(count)d task goes back to the owner of its workstream.",
                "%(count)d tasks go back to the owners of their workstreams.",
                count,
            )
            return said % {"count": count}
        said = ngettext(
            "%(count)d task is given to %(name)s.", "%(count)d tasks are given to %(name)s.", count
        )
        return said % {"count": count, "name": data["owner"].full_name}
    count = actions.shift_tasks(days=data["days"], **known)
    said = ngettext(
        "%(count)d task is moved, and keeps its date when the kickoff moves.",
        "%(count)d tasks are moved, and keep their dates when the kickoff moves.",
        count,
    )
    return said % {"count": count}


def _page(
    request: AuthenticatedRequest,
    kickoff: Kickoff,
    *,
    row: RowForm | None = None,
    several: SeveralForm | None = None,
    ticked: Collection[int] = (),
) -> HttpResponse:
    """The timeline, narrowed as its address says, with a row or the bar as it was filled in."""
    view = view_of(request, kickoff, "list", ticked)
    asked = asked_of(request)
    if row is None and (wanted := whole_number(asked.get("edit", ""))):
        is_shown = any(line.key == wanted for line in view.shown)
        row = RowForm(task=view.lines.plan.tasks[wanted]) if is_shown else None
    if row is not None:
        row.focus(asked.get("focus", ""))
    timeline = view.lines.plan.timeline
    context: dict[str, Any] = {
        "kickoff": kickoff,
        "view": view,
        "today": view.lines.today,
        "started": _started(timeline),
        "groups": rules.timeline(view.shown, view.lines.today, kickoff.ends_date),
        "strands": queries.strands_of(view.lines),
        "possible_owners": queries.owner_options(kickoff, timezone.now()),
        "edit_url": f"{view.here}{'&' if view.asked.said else '?'}edit=",
        "row": row,
        "several": several or SeveralForm(kickoff=kickoff),
    }
    wrong = any(form is not None and form.errors for form in (row, several))
    return render(request, "events/planning/list.html", context, status=422 if wrong else 200)


def _started(timeline: Timeline | None) -> dict[str, Any] | None:
    """How much time was left when the template was compressed, and what was dropped."""
    if timeline is None or timeline.started_days is None:
        return None
    dropped = rules.compressed(timeline.started_days).dropped
    return {"days": timeline.started_days, "dropped": dropped}


def _back(request: AuthenticatedRequest, slug: str) -> str:
    """Where a change was made: the timeline as it was narrowed, or a page that shows tasks too."""
    return came_from(request) or resolve_url("events:planning:list", slug=slug)
