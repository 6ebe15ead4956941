"""What a timeline has to say before a kickoff is ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.planning.models import PlanningTask, Workstream, WorkstreamOwner, workstream_name
from events.readiness.queries import asked

NOT_LATE = Check(
    "planning.late",
    Phase.BEFORE,
    3,
    gettext_lazy("Timeline: what comes after waits"),
    threshold=Threshold(
        gettext_lazy("no task is late by more than %(value)s"), 0, 0, 15, unit="days"
    ),
    name=gettext_lazy("Late tasks"),
)
OWNED = Check(
    "planning.owners",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: workstreams with one owner each"),
    name=gettext_lazy("Owners of workstreams"),
)


@checks(NOT_LATE, OWNED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Late tasks, and workstreams that nobody answers for. A kickoff without tasks has neither."""
    url = reverse("events:planning:list", kwargs={"slug": kickoff.slug})
    allowed = asked(kickoff, NOT_LATE)
    found = _streams(kickoff, kickoff.local_date(at) - timedelta(days=allowed))
    if not any(stream.tasks for stream in found.values()):
        yield Finding(
            NOT_LATE,
            Severity.IMPROVE,
            _("The timeline is empty."),
            why=_("What nobody wrote down is remembered too late."),
            mend_label=_("Add the first task"),
            mend_url=url,
        )
        return
    late = sum(stream.late for stream in found.values())
    yield _late_tasks(late, sum(stream.tasks for stream in found.values()), allowed, url)
    orphans = [workstream_name(name) for name, stream in found.items() if not stream.is_owned]
    yield _orphan_workstreams(orphans, len(found), url)


@dataclass(slots=True)
class _Stream:
    """A workstream: whether somebody owns it, and how many tasks it has and has late."""

    is_owned: bool = False
    tasks: int = 0
    late: int = 0


def _streams(kickoff: Kickoff, today: date) -> dict[str, _Stream]:
    """Every workstream. One query."""
    none = Value(0)
    owned = WorkstreamOwner.objects.filter(kickoff=kickoff).values_list(
        "workstream", "person_id", none, none
    )
    is_late = Q(done_at=None, due_date__lt=today)
    counted = (
        PlanningTask.objects.filter(kickoff=kickoff)
        .order_by()
        .values_list("workstream", none)
        .annotate(tasks=Count("pk"), late=Count("pk", filter=is_late))
    )
    found = {stream.value: _Stream() for stream in Workstream}
    for name, owner_id, tasks, late in owned.union(counted, all=True):
        stream = found.setdefault(name, _Stream())
        stream.is_owned |= bool(owner_id)
        stream.tasks += tasks
        stream.late += late
    return found


def _late_tasks(late: int, total: int, allowed: int, url: str) -> Finding:
    """What is late by more than is allowed, in days."""
    if not late:
        text = _("No planning task is late.")
        if allowed:
            text = ngettext(
                "No planning task is late by more than %(days)d day.",
                "No planning task is late by more than %(days)d days.",
                allowed,
            ) % {"days": allowed}
        return Finding(NOT_LATE, Severity.MET, text)
    said = ngettext("%(count)d task is late", "%(count)d tasks are late", late) % {"count": late}
    if allowed:
        by = ngettext("by more than %(days)d day", "by more than %(days)d days", allowed)
        said = f"{said} {by % {'days': allowed}}"
    return Finding(
        NOT_LATE,
        Severity.IMPROVE,
        f"{said}.",
        why=_("What comes after it waits."),
        mend_label=_("Open the timeline"),
        mend_url=url,
        share=1 - late / total,
    )


def _orphan_workstreams(orphans: list[str], total: int, url: str) -> Finding:
    if not orphans:
        return Finding(OWNED, Severity.MET, _("Each workstream has an owner."))
    names = ", ".join(orphans)
    return Finding(
        OWNED,
        Severity.IMPROVE,
        ngettext(
            "%(count)d workstream has no owner.",
            "%(count)d workstreams have no owner.",
            len(orphans),
        )
        % {"count": len(orphans)},
        why=_("%(names)s: one person has to answer for each.") % {"names": names},
        mend_label=_("Name an owner"),
        mend_url=url,
        share=1 - len(orphans) / total,
    )
