from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.debug import sensitive_variables

from core.due import leases
from core.imports.flow import Review, Shown
from core.imports.problems import FileRefused
from core.imports.uploads import (
    KEPT,
    UploadGone,
    drop_old_uploads,
    open_upload,
    seal,
    unseal,
)
from people.accounts.models import Person
from people.imports import hooks
from people.imports.models import ImportRun
from people.notices import rules as notices
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone

FAILED = notices.Kind(
    "imports.failed",
    gettext_lazy("A file of yours was not imported"),
    gettext_lazy("Try it again"),
    notices.Delivery.AT_ONCE,
    roles=("PLANNER", "REVOPS"),
)
DONE = notices.Kind(
    "imports.done",
    gettext_lazy("A file of yours was imported"),
    gettext_lazy("Open it"),
    notices.Delivery.NEVER,
    roles=("PLANNER", "REVOPS"),
)
Kind, State = ImportRun.Kind, ImportRun.State
LEASE = timedelta(minutes=3)  # longer than any file takes between two batches of rows
WHOLE_LEASE = timedelta(minutes=10)  # what follows is one transaction, and gives no sign
_AGAIN = (State.REFUSED, State.FAILED)


def start_run(
    *, kind: str, purpose: str, token: str, said: str, language: str, by: Person, at: datetime
) -> ImportRun:
    """
    Queue a file to be checked or taken over, or return the run that does it already.

    A file is checked once under what is `said`, and taken over once: whoever presses twice gets
    the same run. What was refused or failed before is begun anew where it is to be taken over.
    """
    run, is_new = ImportRun.objects.get_or_create(
        key=key_of(kind, token, said),
        defaults={
            "owner": by,
            "purpose": purpose,
            "token": token,
            "said": said,
            "language": language,
            "kind": kind,
            "queued_at": at,
        },
    )
    if not is_new and kind == Kind.COMMIT:
        _queue_again(run, at, said, state__in=_AGAIN)
    return run


def start_again(*, run: ImportRun, at: datetime) -> bool:
    """Give what a dead worker held, or what failed, to another; return whether this call did."""
    return _queue_again(
        run, at, run.said, state=State.RUNNING, leased_until__lt=at
    ) or _queue_again(run, at, run.said, state=State.FAILED)


def key_of(kind: str, token: str, said: str = "") -> str:
    """What one run is known by; a file that is taken over is so whatever was said of it."""
    of_what = said if kind == Kind.CHECK else ""
    return sha256("\n".join((kind, token, of_what)).encode()).hexdigest()


@sensitive_variables()
def work_run(*, run_id: int, clock: Callable[[], datetime]) -> bool:
    """
    Check or take over one file; return whether this call did.

    Only the call whose UPDATE claims the run works, so a task that comes twice works once. Rows
    that are read are signs of life, which move the lease. A worker that dies leaves the run to be
    shown as stuck; as an import is one transaction and changes nothing the second time, starting
    again is safe. Not to be called inside a transaction.

    :raises Exception: whatever went wrong with the work itself; the run is then FAILED
    """
    row = ImportRun.objects.filter(pk=run_id)
    now = clock()
    if not leases.take(
        row.waiting(),
        run_id,
        now + LEASE,
        state=State.RUNNING,
        tries=F("tries") + 1,
        started_at=now,
        finished_at=None,
        rows_read=0,
        rows_total=0,
    ):
        return False
    run = row.select_related("owner").get()
    # Only while this try holds the run: one that was thought dead changes nothing any more
    held = row.filter(state=State.RUNNING, tries=run.tries)
    try:
        with override(run.language):
            state, result = _work(run, lambda **changes: held.update(**changes), clock)
    except Exception:
        at = clock()
        with transaction.atomic():
            if leases.give_back(held, state=State.FAILED, finished_at=at):
                _tell(run, at, _failed)
        raise
    at, kept = clock(), seal(result.encode())
    with transaction.atomic():
        is_over = leases.give_back(held, state=state, result=kept, finished_at=at)
        if is_over and (run.kind, state) == (Kind.COMMIT, State.DONE):
            _tell(run, at, _done)
    return is_over


@sensitive_variables()
def _work(
    run: ImportRun, record: Callable[..., object], clock: Callable[[], datetime]
) -> tuple[str, str]:
    """What came of it: a sentence, or as JSON what there is to see."""

    def tell(read: int, total: int) -> None:
        lease = WHOLE_LEASE if read == total else LEASE
        record(rows_read=read, rows_total=total, leased_until=clock() + lease)

    try:
        flow = hooks.flow_of(run.purpose, run.owner)
        upload = open_upload(run.token, owner_id=run.owner_id, purpose=run.purpose)
        review = Review(flow, upload, QueryDict(run.said), tell, f"{run.pk}.{run.tries}")
    except Http404:
        return State.REFUSED, json.dumps(_("You may not import this any more."))
    except UploadGone:
        return State.REFUSED, json.dumps(_("That file is kept no longer. Choose it again."))
    except FileRefused as refusal:
        return State.REFUSED, json.dumps(str(refusal))
    if run.kind == Kind.COMMIT:
        done = review.commit()
        if done is not None:
            return State.DONE, json.dumps(done)
        return State.REFUSED, json.dumps(asdict(review.shown()))
    review.check()
    return State.DONE, json.dumps(asdict(review.shown()))


def result_of(run: ImportRun) -> str | Shown:
    """
    What came of a finished run: a sentence, or the file as it was looked at.

    :raises UploadGone: it was sealed by another `SECRET_KEY`
    """
    found = json.loads(unseal(bytes(run.result)))
    return found if isinstance(found, str) else Shown(**found)


def tidy_runs(*, at: datetime) -> list[int]:
    """Drop what was kept for a day, runs and files; return the runs that wait for a worker."""
    drop_old_uploads(at)
    ImportRun.objects.filter(queued_at__lt=at - KEPT).delete()
    return list(ImportRun.objects.waiting().values_list("pk", flat=True))


def _tell(
    run: ImportRun, at: datetime, draft: Callable[[ImportRun, object, str], NoticeDraft]
) -> None:
    """Tell whoever chose the file, who may have left its page; that page starts it again."""
    try:
        flow = hooks.flow_of(run.purpose, run.owner)
    except Http404:
        return
    path = flow.done_url if draft is _done else flow.upload_url
    with override(run.language):
        tell(drafts=[draft(run, flow.title, path)], at=at)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about a file, for the page that shows them."""
    run = ImportRun(pk=0, owner=someone("Priya Raghunathan"))
    for draft in (_failed, _done):
        yield draft(run, _("Import a roster"), reverse("people:bell:show"))


def _failed(run: ImportRun, title: object, path: str) -> NoticeDraft:
    context = {"reader": run.owner, "title": title, "url": f"{settings.SITE_URL}{path}"}
    return NoticeDraft(
        kind=FAILED,
        key=f"import-failed:{run.pk}:{run.tries}",
        person=run.owner,
        subject=_("A file was not imported"),
        body=render_to_string("people/imports/failed.txt", context),
    )


def _done(run: ImportRun, title: object, path: str) -> NoticeDraft:
    return NoticeDraft(
        kind=DONE,
        key=f"import-done:{run.pk}",
        person=run.owner,
        subject=_("Your file is imported: %(title)s") % {"title": title},
        body=_("Hello %(name)s,\n\nwhat you chose under “%(title)s” is imported: %(url)s\n")
        % {
            "name": run.owner.display_name,
            "title": title,
            "url": f"{settings.SITE_URL}{path}",
        },
    )


def _queue_again(run: ImportRun, at: datetime, said: str, **where: object) -> bool:
    again = leases.give_back(
        ImportRun.objects.filter(pk=run.pk, **where),
        state=State.WAITING,
        said=said,
        queued_at=at,
        finished_at=None,
        rows_read=0,
        rows_total=0,
    )
    run.refresh_from_db()
    return again
