"""What the door still lacks before people stand in front of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.door.models import Badge, Doorkeeper
from agenda.sessions.models import Session
from core.ui.figures import clock
from core.ui.figures import day as day_words
from events.attendance.models import Attendee
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.readiness.queries import asked, counts_of, number_of

NEAR = timedelta(days=14)  # before the first day badges go to print, and hands are counted (ours)

BADGES = Check(
    "door.badges",
    Phase.DURING,
    2,
    gettext_lazy("Our choice: printed two weeks before"),
    name=gettext_lazy("A badge for everybody"),
)
CREW = Check(
    "door.crew",
    Phase.DURING,
    2,
    gettext_lazy("Our choice: planners have other things to do that morning"),
    name=gettext_lazy("Who scans at the door"),
)
OPENS = Check(
    "door.opens",
    Phase.DURING,
    2,
    gettext_lazy("Our choice: a quarter of an hour lets in what three phones scan"),
    threshold=Threshold(
        gettext_lazy("the door opens at least %(value)s minutes before the first session"),
        30,
        0,
        180,
        unit="",
    ),
    name=gettext_lazy("The door before the first session"),
)


def _counts(kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """When the first session begins, whether somebody scans, and who takes part and has a badge."""
    sessions = Session.objects.filter(kickoff=kickoff, starts_at__isnull=False)
    seats = Attendee.objects.filter(kickoff=kickoff).taking_part(at)
    badge = Badge.objects.filter(attendee=OuterRef("pk"), revoked_at=None)
    return {
        "begins_at": Subquery(sessions.order_by("starts_at").values("starts_at")[:1]),
        "has_crew": Exists(Doorkeeper.objects.filter(kickoff=kickoff)),
        "taking_part": number_of(seats),
        "taking_part_with_badge": number_of(seats.filter(Exists(badge))),
    }


@checks(BADGES, CREW, OPENS, counts=_counts)
def check_door(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Whether all have a badge, somebody scans, and the door opens in time. No query of its own."""
    counts = counts_of(kickoff, at)
    if counts["begins_at"] is not None:
        yield _opens(kickoff, counts["begins_at"])
    if kickoff.local_date(at) < kickoff.starts_date - NEAR:
        return
    yield _crew(kickoff, counts["has_crew"])
    if counts["taking_part"]:
        yield _badges(kickoff, counts["taking_part_with_badge"], counts["taking_part"])


def _opens(kickoff: Kickoff, begins_at: datetime) -> Finding:
    said = {
        "opens": clock(kickoff.doors_open_at, kickoff.zone),
        "begins": clock(begins_at, kickoff.zone),
        "day": day_words(_day(kickoff, begins_at)),
    }
    early = timedelta(minutes=asked(kickoff, OPENS))
    if _day(kickoff, begins_at) > kickoff.starts_date or kickoff.doors_open_at + early <= begins_at:
        text = _("The door opens at %(opens)s; the first session begins %(day)s at %(begins)s.")
        return Finding(OPENS, Severity.MET, text % said)
    return Finding(
        OPENS,
        Severity.IMPROVE,
        _("The door opens at %(opens)s, and the first session begins at %(begins)s.") % said,
        why=_("Who still stands in line misses it. Open earlier, or begin later."),
        mend_label=_("Change when it opens"),
        mend_url=reverse("agenda:door:desk", args=[kickoff.slug]),
    )


def _crew(kickoff: Kickoff, has_crew: bool) -> Finding:
    if has_crew:
        return Finding(CREW, Severity.MET, _("Somebody has the door beside planners."))
    return Finding(
        CREW,
        Severity.IMPROVE,
        _("Nobody has the door but planners."),
        why=_("They try their phone the evening before, and scan while you see to the room."),
        mend_label=_("Give the door to somebody"),
        mend_url=reverse("agenda:door:desk", args=[kickoff.slug]),
    )


def _badges(kickoff: Kickoff, with_badge: int, total: int) -> Finding:
    missing = total - with_badge
    if not missing:
        return Finding(BADGES, Severity.MET, _("Everybody who takes part has a badge."))
    said = ngettext(
        "%(count)d person has no badge yet.", "%(count)d people have no badge yet.", missing
    )
    return Finding(
        BADGES,
        Severity.IMPROVE,
        said % {"count": missing},
        why=_("Who has none is found by name, which takes longer than a scan."),
        mend_label=_("Print badges"),
        mend_url=reverse("agenda:door:badges", args=[kickoff.slug]),
        share=with_badge / total,
    )


def _day(kickoff: Kickoff, moment: datetime) -> date:
    return kickoff.local_date(moment)
