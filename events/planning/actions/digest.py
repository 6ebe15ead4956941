"""The weekly digest of a plan: to whoever answers for something of it, and to its sponsors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.due.rules import next_working_day
from core.ui.figures import day
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from events.planning import queries
from events.planning.models import PlanDigest, PlanningTask
from people.accounts.models import Person
from people.calendar.queries import calendars_of
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Kind
from people.waiting.rules import Place

HOUR = time(8)  # where the person is: before the mail of the day, which tells of it
NAMED = 8  # how many tasks of a part a mail names
_KEPT = timedelta(weeks=8)
DIGEST = Kind(
    "planning.digest",
    gettext_lazy("The week of a plan: what was done, what slipped, what is next"),
    gettext_lazy("Open the week"),
)


def send_digests(at: datetime) -> dict[str, int]:
    """
    The part of the tick: tell owners and sponsors of each plan about its week, from 08:00 on the
    first working day of theirs in the week. Once a week and person, whether or not there is
    something to tell; each plan is one transaction.
    """
    kickoffs = Kickoff.objects.exclude(status=Kickoff.Status.ARCHIVED)
    busy = kickoffs.filter(planning_tasks__isnull=False).distinct().order_by("pk")
    return {"told": sum(_send(kickoff, at) for kickoff in busy)}


@transaction.atomic
def _send(kickoff: Kickoff, at: datetime) -> int:
    weeks = _whose_week_begins(kickoff, at)
    if not weeks:
        return 0
    PlanDigest.objects.bulk_create(
        [PlanDigest(kickoff=kickoff, person=one, week_date=week) for one, week in weeks.items()],
        ignore_conflicts=True,
    )
    PlanDigest.objects.filter(kickoff=kickoff, week_date__lt=at.date() - _KEPT).delete()
    whole = queries.week_of(kickoff, at)
    drafts = []
    for person, week in weeks.items():
        theirs = whole if queries.reads_whole_plan(person) else whole.of(person)
        if not theirs.is_empty:
            drafts.append(_draft(theirs, person, week))
    return tell(drafts=drafts, at=at)


def _whose_week_begins(kickoff: Kickoff, at: datetime) -> dict[Person, date]:
    """Those whose digest is due and not decided yet, each with the Monday of their week."""
    now = {
        one: at.astimezone(ZoneInfo(one.time_zone)) for one in queries.digest_readers(kickoff, at)
    }
    week = {one: local.date() - timedelta(days=local.weekday()) for one, local in now.items()}
    known = set(
        PlanDigest.objects.filter(kickoff=kickoff, week_date__in=set(week.values())).values_list(
            "person", "week_date"
        )
    )
    open_still = [
        one for one in now if (one.pk, week[one]) not in known and now[one].time() >= HOUR
    ]
    if not open_still:
        return {}
    calendars = calendars_of(open_still)
    return {
        one: week[one]
        for one in open_still
        if next_working_day(week[one], calendars[one.pk]) <= now[one].date()
    }


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail about a week, for the page that shows it."""
    kickoff, today = invented(), timezone.now().date()
    quote = PlanningTask(kickoff=kickoff, title=_("Confirm the AV quote for the main room"))
    rooms = PlanningTask(kickoff=kickoff, title=_("Give the hotel the final room list"))
    quote.due_date, rooms.due_date = today + timedelta(days=4), today + timedelta(days=6)
    reason = _("%(name)s moved it on %(day)s") % {"name": "Inês Carvalhal", "day": day(today)}
    slips = [queries.Slip(quote, 3, reason)]
    yield _draft(queries.Week(kickoff, today, [], slips, [quote, rooms], None), someone(), today)


def _draft(week: queries.Week, person: Person, monday: date) -> NoticeDraft:
    kickoff = week.kickoff
    path = reverse("events:planning:digest", args=[kickoff.slug])
    counts = {
        "kickoff": kickoff.name,
        "done": len(week.done),
        "slipped": len(week.slipped),
        "ahead": len(week.ahead),
    }
    said = _("%(kickoff)s, the week: %(done)d done, %(slipped)d slipped, %(ahead)d next") % counts
    lines = [
        _("Hello %(name)s,") % {"name": person.display_name},
        "",
        f"{_('This is the week of the plan of %(kickoff)s:') % counts} {settings.SITE_URL}{path}",
        "",
        *_part(_("Done in the last seven days"), [task.title for task in week.done]),
        *_part(_("Slipped since the baseline"), [_slipped(slip) for slip in week.slipped]),
        *_part(_("Next"), [_ahead(task) for task in week.ahead]),
    ]
    # Who sees nothing else of the kickoff is not led to a page that is not there
    place = Place(kickoff.slug, kickoff.name, path)
    return NoticeDraft(
        kind=DIGEST,
        place=place_of(kickoff) if queries.reads_whole_plan(person) else place,
        key=f"planning:digest:{kickoff.pk}:{person.pk}:{monday:%Y-%m-%d}",
        person=person,
        subject=said,
        body="\n".join(lines).rstrip() + "\n",
    )


def _part(head: str, entries: Sequence[str]) -> Iterator[str]:
    if not entries:
        return
    yield from [f"{head}: {len(entries)}", ""]
    yield from (f"- {entry}" for entry in entries[:NAMED])
    if len(entries) > NAMED:
        yield _("… and %(count)d more") % {"count": len(entries) - NAMED}
    yield ""


def _slipped(slip: queries.Slip) -> str:
    words = {
        "task": slip.task.title,
        "days": slip.days,
        "due": day(slip.task.due_date),
        "reason": slip.reason,
    }
    return _("%(task)s: +%(days)d working days, due %(due)s; %(reason)s") % words


def _ahead(task: PlanningTask) -> str:
    return _("%(task)s, due %(due)s") % {"task": task.title, "due": day(task.due_date)}
