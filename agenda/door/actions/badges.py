"""Badges: their codes, and the files that they are printed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from agenda.door import queries
from agenda.door.actions.refusals import DoorRefused
from agenda.door.models import Badge, BadgePart, BadgeRun
from agenda.door.rendering import Label, NoRoom, badges_pdf
from core.due import leases
from core.typesetting.joining import joined
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.files.actions import keep_file
from people.files.rules import MEGABYTE, Kind
from people.notices import rules as notices
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone

State = BadgeRun.State
AT_ONCE = 60  # in one file while a page waits for it: two seconds
PART = 100  # badges of a run between two signs of life, or the sheets that hold no more
LEASE = timedelta(minutes=5)  # far longer than a part takes
TASK_SECONDS = 10.0  # then the worker makes room for others
MOST_TRIES = 3
KEPT = timedelta(days=7)
FILE = Kind("pdf", "application/pdf", 200 * MEGABYTE)
READY = notices.Kind(
    "door.badges",
    gettext_lazy("Badges that you asked for are ready to print"),
    gettext_lazy("Fetch the file"),
    notices.Delivery.NEVER,
    roles=("PLANNER",),
)


@transaction.atomic
def make_badges(*, kickoff: Kickoff, at: datetime) -> int:
    """Give a code to everybody on the roster who has none; return how many. Twice is as once."""
    without = Attendee.objects.filter(kickoff=kickoff).exclude(
        pk__in=Badge.objects.filter(attendee__kickoff=kickoff, revoked_at=None).values("attendee")
    )
    badges = [Badge(attendee=seat, made_at=at) for seat in without]
    Badge.objects.bulk_create(badges, ignore_conflicts=True, batch_size=500)
    return len(badges)


@transaction.atomic
def print_badges(
    *,
    kickoff: Kickoff,
    label: Label,
    with_back: bool,
    team: int | None,
    person: Person | None,
    language: str,
    by: Person,
    at: datetime,
) -> bytes | BadgeRun:
    """
    Badges of all, of a team, or of one person: as a file, or above `AT_ONCE` of them as the run that
    makes it. Printing lets nobody in.

    :raises DoorRefused: nobody is meant, or the label does not fit on its sheet
    """
    make_badges(kickoff=kickoff, at=at)
    chosen = queries.badges_of(kickoff, at, team=team, person=person)
    numbers = list(chosen.values_list("pk", flat=True))
    if not numbers:
        raise DoorRefused(_("Nobody is meant: there is no badge to print."))
    try:
        per_sheet = label.per_sheet
    except NoRoom as refusal:
        raise DoorRefused(_("A label of this size does not fit on the sheet.")) from refusal
    note = ngettext("%(count)d badge", "%(count)d badges", len(numbers)) % {"count": len(numbers)}
    record_entry(by=by, verb="badge.printed", at=at, object=kickoff, note=note)
    if len(numbers) <= max(AT_ONCE, per_sheet):
        return _drawn(kickoff, numbers, label, with_back=with_back)
    return BadgeRun.objects.create(
        kickoff=kickoff,
        by=by,
        label=asdict(label),
        with_back=with_back,
        language=language,
        badges=numbers,
        total=len(numbers),
        asked_at=at,
    )


def work_badges(*, run_id: int, at: datetime, seconds: float = TASK_SECONDS) -> bool:
    """
    Make badges of a run for so many seconds, a part at least; return whether any is left.

    Only the call that gets the lease works. One that died leaves what it had made, and its lease to
    run out; after `MOST_TRIES` at the same part the run has failed. Not to be called inside a
    transaction: each part is kept as it is done.

    :raises Exception: whatever went wrong with a part; the run has failed then
    """
    started = monotonic()
    if not leases.take(BadgeRun.objects.to_work(at), run_id, at + LEASE, tries=F("tries") + 1):
        return False
    run = BadgeRun.objects.select_related("kickoff", "by").get(pk=run_id)
    held = BadgeRun.objects.filter(pk=run_id, state=State.WAITING, leased_until__isnull=False)
    label = Label(**run.label)
    size = max(PART // label.per_sheet, 1) * label.per_sheet
    try:
        with override(run.language):
            while run.done < run.total:
                numbers = run.badges[run.done : run.done + size]
                if pdf := _drawn(run.kickoff, numbers, label, with_back=run.with_back):
                    made = {"pdf": pdf}
                    BadgePart.objects.update_or_create(run=run, begins=run.done, defaults=made)
                run.done += len(numbers)
                until = at + timedelta(seconds=monotonic() - started) + LEASE
                if not held.update(done=run.done, tries=0, leased_until=until):
                    return False
                if run.done < run.total and monotonic() - started > seconds:
                    leases.give_back(held)
                    return True
            _finish(run, held, at + timedelta(seconds=monotonic() - started))
    except Exception:
        leases.give_back(held, state=State.FAILED, finished_at=at)
        raise
    return False


def tend_badges(at: datetime) -> list[int]:
    """
    Drop files of badges after a week, and give up on what no worker survives; return the runs that
    nobody works at.
    """
    BadgeRun.objects.filter(asked_at__lt=at - KEPT).delete()
    waiting = BadgeRun.objects.to_work(at)
    given_up = {"state": State.FAILED, "finished_at": at, "leased_until": None}
    waiting.filter(tries__gte=MOST_TRIES).update(**given_up)
    return list(waiting.values_list("pk", flat=True))


@transaction.atomic
def correct_badge(*, attendee: Attendee, by: Person, at: datetime) -> Badge:
    """Give somebody a badge with a new code. The old one opens nothing from here on."""
    Attendee.objects.select_for_update().get(pk=attendee.pk)
    Badge.objects.filter(attendee=attendee, revoked_at=None).update(revoked_at=at)
    record_entry(
        by=by, verb="badge.corrected", at=at, subject=attendee.person, object=attendee.kickoff
    )
    return Badge.objects.create(attendee=attendee, made_at=at)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail about a file of badges, for the page that shows it."""
    yield _told(BadgeRun(pk=0, kickoff=invented(), by=someone(), total=160))


def _drawn(kickoff: Kickoff, numbers: Sequence[int], label: Label, *, with_back: bool) -> bytes:
    """Some badges as a file, in this order, without those replaced meanwhile; empty without any."""
    badges = queries.badges_in(numbers)
    if not badges:
        return b""
    faces = queries.badge_faces(kickoff, badges, with_back=with_back)
    return badges_pdf(faces, label, title=kickoff.name, with_back=with_back)


@transaction.atomic
def _finish(run: BadgeRun, held: QuerySet[BadgeRun], at: datetime) -> None:
    parts = [bytes(pdf) for pdf in run.parts.values_list("pdf", flat=True)]
    if not parts:  # all of them were replaced meanwhile
        leases.give_back(held, state=State.FAILED, finished_at=at)
        return
    pdf = joined(parts, title=run.kickoff.name, language=run.language)
    upload = ContentFile(pdf, name=f"{run.kickoff.slug}-badges.pdf")
    file = keep_file(upload=upload, kinds=[FILE], by=run.by, at=at)
    if leases.give_back(held, state=State.READY, file=file, finished_at=at):
        run.parts.all().delete()
        tell(drafts=[_told(run)], at=at)


def _told(run: BadgeRun) -> NoticeDraft:
    path = reverse("agenda:door:badge_file", args=[run.kickoff.slug, run.pk])
    return NoticeDraft(
        kind=READY,
        place=place_of(run.kickoff),
        key=f"door:badges:{run.pk}",
        person=run.by,
        subject=_("Your badges are ready: %(count)d") % {"count": run.total},
        body=_("The file of badges for %(event)s is ready to print:\n\n%(url)s\n")
        % {"event": run.kickoff.name, "url": f"{settings.SITE_URL}{path}"},
    )
