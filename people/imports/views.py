"""
Two pages that every import shares: choose a file; see what it would do, and do it.

A large file is read by a worker; the second page then shows how far it is, and is the same page
when it is done.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from core.imports.flow import ImportFlow, Review, Shown
from core.imports.forms import UploadForm
from core.imports.problems import FileRefused, Problems
from core.imports.uploads import (
    UploadGone,
    drop_upload,
    is_large_upload,
    open_upload,
    store_upload,
)
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.imports import actions, tasks
from people.imports.models import ImportRun

Kind, State = ImportRun.Kind, ImportRun.State
COMMITS = "commit"  # in the address: what is looked at is the import itself
View = Callable[..., HttpResponse]


def import_pages(
    open_flow: Callable[[Person, str], ImportFlow],
    guard: Callable[[View], View] = lambda view: view,
) -> tuple[View, View]:
    """
    The two views of an import, at `…/` and `…/<str:token>/`. `open_flow` decides who may, as it
    does for a worker; it is given the slug of the address, if there is one. `guard` is put around
    both.
    """

    @login_required
    @require_http_methods(["GET", "POST"])
    @guard
    def upload(request: AuthenticatedRequest, slug: str = "") -> HttpResponse:
        return _upload_page(request, open_flow(request.user, slug))

    @login_required
    @require_http_methods(["GET", "POST"])
    @sensitive_post_parameters()
    @guard
    @sensitive_variables()
    def preview(request: AuthenticatedRequest, token: str, slug: str = "") -> HttpResponse:
        return _preview_page(request, open_flow(request.user, slug), token)

    return upload, preview


def _upload_page(request: AuthenticatedRequest, flow: ImportFlow) -> HttpResponse:
    """Choose a file. It is read at once, so that a bad one is refused here; a large one later."""
    form = UploadForm(
        request.POST or None, request.FILES or None, limits=flow.limits, accept=flow.accept
    )
    problems = Problems()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        is_large = file.size > flow.page_bytes
        try:
            if not is_large:
                table = flow.read(file.read(), file.name, flow.limits)
                is_large = len(table.rows) > flow.page_rows
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            problems = refusal.problems
        else:
            file.seek(0)
            token = store_upload(
                file,
                owner_id=request.user.pk,
                purpose=flow.purpose,
                at=timezone.now(),
                is_large=is_large,
            )
            return redirect(flow.preview_url(token))
    mine = ImportRun.objects.filter(owner=request.user, purpose=flow.purpose).unfinished()
    going = [(f"{flow.preview_url(one.token)}?{one.address}", one) for one in mine.order_by("pk")]
    context = {"flow": flow, "form": form, "problems": problems, "going": going}
    return render(request, "people/imports/upload.html", context)


def _preview_page(request: AuthenticatedRequest, flow: ImportFlow, token: str) -> HttpResponse:
    """Columns, rows, errors and what would be done (GET); all of it or nothing done (POST)."""
    try:
        if is_large_upload(token, owner_id=request.user.pk, purpose=flow.purpose):
            return _page_of_run(request, flow, token)
        upload = open_upload(token, owner_id=request.user.pk, purpose=flow.purpose)
    except UploadGone:
        return _back(request, flow, _("That file is kept no longer. Choose it again."))
    try:
        review = Review(flow, upload, request.POST if request.method == "POST" else request.GET)
    except FileRefused as refusal:
        return _back(request, flow, str(refusal))
    if request.method == "POST":
        done = review.commit()
        if done is not None:
            drop_upload(token, owner_id=request.user.pk, purpose=flow.purpose)
            messages.success(request, done)
            return redirect(flow.done_url)
    else:
        review.check()
    return _preview(request, flow, review.shown())


def _page_of_run(request: AuthenticatedRequest, flow: ImportFlow, token: str) -> HttpResponse:
    """The same page for a large file: :raises UploadGone: it is kept no longer"""
    commit = ImportRun.objects.filter(key=actions.key_of(Kind.COMMIT, token)).first()
    here = flow.preview_url(token)
    if request.method == "POST" and "again" in request.POST:
        return _start_again(request, here)
    if request.method == "POST":
        said = request.POST.copy()
        said.pop("csrfmiddlewaretoken", None)
        _start(request, flow, token, Kind.COMMIT, said.urlencode())
        return redirect(f"{here}?{COMMITS}=1")
    if commit is not None and (not commit.is_finished or commit.state == State.DONE):
        run = commit  # it goes on, wherever it is looked at from
    elif commit is not None and COMMITS in request.GET:
        run = commit
    else:
        run = _start(request, flow, token, Kind.CHECK, request.GET.urlencode())
    if not run.is_finished:
        return _progress(request, flow, run)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _result(request, flow, run)


def _start(
    request: AuthenticatedRequest, flow: ImportFlow, token: str, kind: str, said: str
) -> ImportRun:
    run = actions.start_run(
        kind=kind,
        purpose=flow.purpose,
        token=token,
        said=said,
        language=get_language() or "",
        by=request.user,
        at=timezone.now(),
    )
    if run.state == State.WAITING and not request.htmx:
        tasks.start(run.pk)
    return run


def _start_again(request: AuthenticatedRequest, here: str) -> HttpResponse:
    run = ImportRun.objects.filter(owner=request.user, key=request.POST["again"]).first()
    if run is not None and actions.start_again(run=run, at=timezone.now()):
        tasks.start(run.pk)
    return redirect(request.get_full_path() if run and run.kind == Kind.CHECK else here)


def _progress(request: AuthenticatedRequest, flow: ImportFlow, run: ImportRun) -> HttpResponse:
    context = {
        "flow": flow,
        "run": run,
        "is_stuck": run.is_stuck(timezone.now()),
        "here": request.get_full_path(),
    }
    whole = not request.htmx
    template = "run" if whole else "_progress"
    return render(request, f"people/imports/{template}.html", context)


def _result(request: AuthenticatedRequest, flow: ImportFlow, run: ImportRun) -> HttpResponse:
    if run.state == State.FAILED:
        return _progress(request, flow, run)
    found = actions.result_of(run)
    if isinstance(found, Shown):
        return _preview(request, flow, found)
    if run.state == State.REFUSED:
        return _back(request, flow, found)
    drop_upload(run.token, owner_id=run.owner_id, purpose=run.purpose)
    messages.success(request, found)
    return redirect(flow.done_url)


def _preview(request: HttpRequest, flow: ImportFlow, shown: Shown) -> HttpResponse:
    return render(request, "people/imports/preview.html", {"flow": flow, "shown": shown})


def _back(request: HttpRequest, flow: ImportFlow, why: str) -> HttpResponseRedirect:
    messages.error(request, why)
    return redirect(flow.upload_url)
