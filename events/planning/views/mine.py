"""A task for whoever answers for it and need not be a planner: to note something, and to tick it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from core.undo import said_with_undo
from events.planning import access, actions
from events.planning.forms import NoteForm, seen_by
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def show(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.own_task_or_404(request.user, slug, task_id)
    initial = {"note": task.note, "seen": task.seen}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PlanningRefused), seen_by(form):
            actions.note_task(
                task_id=task.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Your note is kept. The planners see it."))
            return redirect("events:planning:mine", slug=slug, task_id=task.pk)
    context = {"kickoff": task.kickoff, "task": task, "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/planning/mine.html", context, status=status)


@login_required
@require_POST
def tick(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Tick it, or take the tick back: `done` says which, in the form or the address."""
    task = access.own_task_or_404(request.user, slug, task_id)
    done = request.POST.get("done", request.GET.get("done", "1")) == "1"
    with told_on(request, actions.PlanningRefused):
        if done:
            actions.complete_task(task_id=task.pk, by=request.user, at=timezone.now())
            said = _("“%(task)s” is done.") % {"task": task.title}
            said_with_undo(request, said, f"{request.path}?done=0")
        else:
            actions.reopen_task(task_id=task.pk, by=request.user, at=timezone.now())
            messages.success(request, _("“%(task)s” is open again.") % {"task": task.title})
    return redirect("events:planning:mine", slug=slug, task_id=task.pk)
