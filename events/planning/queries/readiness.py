"""What a timeline has to say before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.planning.queries.tasks import Strand, strands
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
    found = strands(kickoff, kickoff.local_date(at) - timedelta(days=allowed))
    if not any(strand.counts.total for strand in found):
        yield Finding(
            NOT_LATE,
            Severity.IMPROVE,
            _("The timeline is empty."),
            why=_("What nobody wrote down is remembered too late."),
            mend_label=_("Add the first task"),
            mend_url=url,
        )
        return
    late, total = (
        sum(strand.counts.late for strand in found),
        sum(strand.counts.total for strand in found),
    )
    yield _late_tasks(late, total, allowed, url)
    orphans = [strand for strand in found if strand.owner is None]
    yield _orphan_workstreams(orphans, len(found), url)


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


def _orphan_workstreams(orphans: list[Strand], total: int, url: str) -> Finding:
    if not orphans:
        return Finding(OWNED, Severity.MET, _("Each workstream has an owner."))
    names = ", ".join(strand.name for strand in orphans)
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
