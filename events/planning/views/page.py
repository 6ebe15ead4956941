"""A task on its own page, for planners and for whoever answers for it: done, its steps, files, comments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from core.undo import said_with_undo
from events.planning import access, actions, queries
from events.planning.forms import CommentForm, FileForm, ItemForm, NewCommentForm
from events.planning.models import PlanningTask, TaskComment
from people.accounts.requests import AuthenticatedRequest
from people.files.views import send_file


@login_required
@require_GET
def show(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_to_read_or_404(request.user, slug, task_id)
    return _page(request, task)


@login_required
@require_POST
def tick(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    """Tick it, or take the tick back: `done` says which, in the form or the address."""
    task = access.task_to_do_or_404(request.user, slug, task_id)
    done = request.POST.get("done", request.GET.get("done", "1")) == "1"
    with told_on(request, actions.PlanningRefused):
        if done:
            actions.complete_task(task_id=task.pk, by=request.user, at=timezone.now())
            said = _("“%(task)s” is done.") % {"task": task.title}
            said_with_undo(request, said, f"{request.path}?done=0")
        else:
            actions.reopen_task(task_id=task.pk, by=request.user, at=timezone.now())
            messages.success(request, _("“%(task)s” is open again.") % {"task": task.title})
    return redirect("events:planning:task", slug=slug, task_id=task.pk)


@login_required
@require_POST
def add_item(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_to_do_or_404(request.user, slug, task_id)
    form = ItemForm(request.POST, auto_id="step-%s")
    if form.is_valid():
        with told_in(form, actions.PlanningRefused):
            actions.add_item(
                task_id=task.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return redirect("events:planning:task", slug=slug, task_id=task.pk)
    return _page(request, task, item_form=form)


@login_required
@require_POST
def change_item(
    request: AuthenticatedRequest, slug: str, task_id: int, item_id: int
) -> HttpResponse:
    """One tap on a step: `do` is `done`, `open`, `up`, `down` or `delete`."""
    item = access.item_or_404(request.user, slug, task_id, item_id)
    do, by, at = request.POST.get("do"), request.user, timezone.now()
    with told_on(request, actions.PlanningRefused):
        if do in ("done", "open"):
            actions.tick_item(item=item, done=do == "done", by=by, at=at)
        elif do in ("up", "down"):
            actions.move_item(item=item, up=do == "up", by=by, at=at)
        elif do == "delete":
            actions.delete_item(item=item, by=by, at=at)
    return redirect("events:planning:task", slug=slug, task_id=task_id)


@login_required
@require_POST
def add_file(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_to_do_or_404(request.user, slug, task_id)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        with told_in(form, actions.PlanningRefused, field="file"):
            held = actions.add_file(
                task_id=task.pk,
                upload=form.cleaned_data["file"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("“%(name)s” is added.") % {"name": held.file.name})
            return redirect("events:planning:task", slug=slug, task_id=task.pk)
    return _page(request, task, file_form=form)


@login_required
@require_GET
def read_file(
    request: AuthenticatedRequest, slug: str, task_id: int, file_id: int
) -> HttpResponseBase:
    return send_file(request, access.file_or_404(request.user, slug, task_id, file_id).file)


@login_required
@require_POST
def remove_file(
    request: AuthenticatedRequest, slug: str, task_id: int, file_id: int
) -> HttpResponse:
    access.task_to_do_or_404(request.user, slug, task_id)
    held = access.file_or_404(request.user, slug, task_id, file_id)
    with told_on(request, actions.PlanningRefused):
        actions.remove_file(held=held, by=request.user, at=timezone.now())
        messages.success(request, _("“%(name)s” is removed.") % {"name": held.file.name})
    return redirect("events:planning:task", slug=slug, task_id=task_id)


@login_required
@require_POST
def comment(request: AuthenticatedRequest, slug: str, task_id: int) -> HttpResponse:
    task = access.task_to_read_or_404(request.user, slug, task_id)
    form = NewCommentForm(request.POST, kickoff=task.kickoff)
    if form.is_valid():
        with told_in(form, actions.PlanningRefused, field="text"):
            said = actions.write_comment(
                task=task, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            _tell(request, said)
            return redirect("events:planning:task", slug=slug, task_id=task.pk)
    return _page(request, task, comment_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def edit_comment(
    request: AuthenticatedRequest, slug: str, task_id: int, comment_id: int
) -> HttpResponse:
    """A comment of one's own in other words, where it stands."""
    own = access.own_comment_or_404(request.user, slug, task_id, comment_id)
    form = CommentForm(request.POST or None, initial={"text": own.text}, auto_id="edit-%s")
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PlanningRefused, field="text"):
            said = actions.edit_comment(
                comment=own, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
            )
            _tell(request, said)
            return redirect("events:planning:task", slug=slug, task_id=task_id)
    return _page(request, own.task, edited=own, edit_form=form)


@login_required
@require_POST
def delete_comment(
    request: AuthenticatedRequest, slug: str, task_id: int, comment_id: int
) -> HttpResponse:
    own = access.own_comment_or_404(request.user, slug, task_id, comment_id)
    with told_on(request, actions.PlanningRefused):
        actions.delete_comment(comment=own, by=request.user, at=timezone.now())
        messages.success(request, _("Your comment is deleted."))
    return redirect("events:planning:task", slug=slug, task_id=task_id)


def _tell(request: AuthenticatedRequest, said: actions.Said) -> None:
    """Who is told; and whom nobody is, since a name that is misspelled is told to nobody."""
    told = [person.full_name for person in said.mentioned if person != request.user]
    if told:
        words = ngettext("%(names)s is told.", "%(names)s are told.", len(told))
        messages.success(request, words % {"names": ", ".join(told)})
    for name in said.unknown:
        words = _("Nobody who works on this plan is called “%(name)s”, so nobody more was told.")
        messages.warning(request, words % {"name": name})


def _page(
    request: AuthenticatedRequest,
    task: PlanningTask,
    *,
    item_form: ItemForm | None = None,
    comment_form: NewCommentForm | None = None,
    edited: TaskComment | None = None,
    edit_form: CommentForm | None = None,
    file_form: FileForm | None = None,
) -> HttpResponse:
    kickoff = task.kickoff
    context = {
        "kickoff": kickoff,
        "task": task,
        "page": queries.page_of(task),
        "today": kickoff.local_date(timezone.now()),
        "works_on_it": access.works_on(request.user, task),
        "item_form": item_form or ItemForm(auto_id="step-%s"),
        "comment_form": comment_form or NewCommentForm(kickoff=kickoff),
        "edited": edited,
        "edit_form": edit_form,
        "file_form": file_form or FileForm(),
    }
    wrong = any(form and form.errors for form in (item_form, comment_form, edit_form, file_form))
    return render(request, "events/planning/task.html", context, status=422 if wrong else 200)
