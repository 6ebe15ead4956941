"""What is missing at a kickoff: the checks of every capability by phase, weighed into one score."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.minute import for_a_minute
from core.once import once
from events.kickoff.hooks import (
    Check,
    Finding,
    Learned,
    Phase,
    Severity,
    WrongFindings,
    findings,
    known_check,
    to_count,
)
from events.kickoff.models import Kickoff
from events.readiness import rules
from events.readiness.models import OwnThreshold, Waiver, WeeklyScore


@dataclass(frozen=True, slots=True)
class Waived:
    """Why a check asks nobody, and until when."""

    reason: str
    until: date
    by: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a planner asks for in place of a check's default, and why."""

    value: int
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What planners decided about checks, by their keys: own thresholds, and waivers, past ones too."""

    own: dict[str, Own] = field(default_factory=dict)
    waived: dict[str, Waived] = field(default_factory=dict)


@once
def decided(kickoff: Kickoff) -> Decided:
    """What is decided about the checks of a kickoff. One query."""
    who = ("check_key", "reason", "by__full_name", "by__preferred_name")
    no_day, no_value = Value(None, models.DateField()), Value(None, models.IntegerField())
    waivers = Waiver.objects.filter(kickoff=kickoff).values_list(*who, "until_date", no_value)
    thresholds = OwnThreshold.objects.filter(kickoff=kickoff).values_list(*who, no_day, "value")
    found = Decided()
    for key, reason, full_name, preferred_name, until, value in waivers.union(thresholds, all=True):
        by = preferred_name or full_name
        if until is None:
            found.own[key] = Own(value, reason, by)
        else:
            found.waived[key] = Waived(reason, until, by)
    return found


def asked(kickoff: Kickoff, check: Check) -> int:
    """
    The number that a check asks for at a kickoff: its planner's, else the default.

    :raises WrongFindings: the check has no threshold
    """
    if check.threshold is None:
        raise WrongFindings(f"{check.key} has no threshold")
    own = decided(kickoff).own.get(check.key)
    return own.value if own else check.threshold.default


@once
def counts_of(kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """What the checks of all capabilities count, by the names that `checks` was given. One query."""
    asked_for = to_count(kickoff, at)
    figures = Kickoff.objects.filter(pk=kickoff.pk).values_list(*asked_for.values()).get()
    return dict(zip(asked_for, figures, strict=True))


def number_of(
    rows: models.QuerySet[Any], count: Count | None = None, of: str = "kickoff"
) -> Coalesce:
    """How many rows there are, for `counts_of`; `of` is their way to the kickoff."""
    counted = rows.order_by().values(of).annotate(number=count or Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a check found, its points of 100, how many of them it has, and its planner's number."""

    finding: Finding
    points: int
    earned: int
    waived: Waived | None = None
    own: Own | None = None

    @property
    def asks_for(self) -> str:
        """The threshold in force as a sentence; empty where the check has none."""
        threshold = self.finding.check.threshold
        if threshold is None:
            return ""
        return threshold.said(self.own.value if self.own else threshold.default)

    @property
    def default(self) -> str:
        """The number that everybody begins with, in its unit."""
        threshold = self.finding.check.threshold
        return threshold.worded(threshold.default) if threshold else ""

    @property
    def asks(self) -> bool:
        """Whether it needs somebody, and nobody has waived it."""
        return self.finding.severity.needs_somebody and self.waived is None

    @property
    def blocks(self) -> bool:
        return self.asks and self.finding.severity == Severity.BLOCKS

    @property
    def is_met(self) -> bool:
        return self.finding.severity == Severity.MET


@dataclass(frozen=True, slots=True)
class PhaseReadiness:
    """
    The checks of one phase: how many are met, those that need somebody, what others do as planned
    or somebody has waived, and how many are too early to judge.
    """

    key: str
    label: str
    judged: tuple[Judged, ...]

    @property
    def met(self) -> int:
        return len(self.settled)

    @property
    def total(self) -> int:
        return len(self.judged)

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(one.finding for one in self.judged if one.asks)

    @property
    def calm(self) -> tuple[Finding, ...]:
        rest = (one for one in self.judged if not one.asks and not one.is_met)
        return tuple(one.finding for one in rest if one.finding.text)

    @property
    def early(self) -> int:
        return sum(not one.finding.text for one in self.judged)

    @property
    def points(self) -> int:
        return sum(one.points for one in self.judged)

    @property
    def earned(self) -> int:
        return sum(one.earned for one in self.judged)

    @property
    def blocking(self) -> int:
        return sum(one.blocks for one in self.judged)

    @property
    def asking(self) -> list[Judged]:
        """What is not met, what blocks first: the rows of the page."""
        return [one for one in self.judged if one.finding.severity.needs_somebody]

    @property
    def waiting(self) -> list[Judged]:
        """What is with others, or too early to judge."""
        return [one for one in self.judged if one.finding.severity == Severity.LATER]

    @property
    def settled(self) -> list[Judged]:
        return [one for one in self.judged if one.is_met]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every check of a kickoff, by phase. Their number is the same whatever was done."""

    phases: tuple[PhaseReadiness, ...]

    @property
    def judged(self) -> list[Judged]:
        return [one for phase in self.phases for one in phase.judged]

    @property
    def score(self) -> int:
        """The points of all checks, of 100."""
        return sum(phase.earned for phase in self.phases)

    @property
    def is_ready(self) -> bool:
        return self.score >= rules.READY and not self.blocking

    @property
    def after(self) -> PhaseReadiness:
        """The checks of the 90 days."""
        return self.phases[-1]

    @property
    def last(self) -> tuple[PhaseReadiness, ...]:
        """What still counts when the event is over."""
        return self.phases[-1:]

    @property
    def first(self) -> tuple[PhaseReadiness, ...]:
        """What is past when the event is over."""
        return self.phases[:-1]

    @property
    def total(self) -> int:
        return sum(phase.total for phase in self.phases)

    @property
    def met(self) -> int:
        return sum(phase.met for phase in self.phases)

    @property
    def needing(self) -> int:
        """How many checks need somebody."""
        return sum(len(phase.open) for phase in self.phases)

    @property
    def blocking(self) -> int:
        """How many of them block."""
        return sum(phase.blocking for phase in self.phases)

    @property
    def unblocked(self) -> int:
        """The score once what blocks is mended."""
        return self.score + sum(one.points - one.earned for one in self.judged if one.blocks)

    @property
    def title(self) -> str:
        """How many checks need somebody: for who mends them."""
        if not self.needing:
            return self._calm
        counts = ngettext(
            "%(needing)d of %(total)d checks needs you",
            "%(needing)d of %(total)d checks need you",
            self.needing,
        ) % {"needing": self.needing, "total": self.total}
        if not self.blocking:
            return counts + _("; none blocks")
        return counts + ngettext(
            "; %(count)d of them blocks", "; %(count)d of them block", self.blocking
        ) % {"count": self.blocking}

    @property
    def title_of_watcher(self) -> str:
        """How many checks are met and how many block: a sponsor watches, and mends nothing."""
        if self.met == self.total:
            return self._calm
        counts = _("%(met)d of %(total)d checks are met") % {"met": self.met, "total": self.total}
        if not self.blocking:
            return counts + _("; nothing blocks")
        return counts + ngettext("; %(count)d blocks", "; %(count)d block", self.blocking) % {
            "count": self.blocking
        }

    @property
    def _calm(self) -> str:
        if self.met == self.total:
            return _("All %(total)d checks are met") % {"total": self.total}
        return _("%(met)d of %(total)d checks are met; none needs you now") % {
            "met": self.met,
            "total": self.total,
        }


def readiness_of(kickoff: Kickoff, at: datetime) -> Readiness:
    """
    What every registered check says, and what is waived. One query beside those of the checks,
    which are asked once a minute.
    """
    found = _found(kickoff, at)
    found_by_weight = rules.shared_out([finding.check.weight for finding in found])
    today, of_planners = kickoff.local_date(at), decided(kickoff)
    waived = {key: one for key, one in of_planners.waived.items() if one.until >= today}
    own = of_planners.own
    judged = [
        _judged(finding, points, waived.get(finding.check.key), own.get(finding.check.key))
        for finding, points in zip(found, found_by_weight, strict=True)
    ]
    labels = {Phase.BEFORE: _("Before"), Phase.DURING: _("During"), Phase.AFTER: _("After")}
    return Readiness(tuple(_of_phase(phase, labels[phase], judged) for phase in Phase))


@for_a_minute
def _found(kickoff: Kickoff, at: datetime) -> list[Finding]:
    return findings(kickoff, at)


def _judged(finding: Finding, points: int, waived: Waived | None, own: Own | None) -> Judged:
    share = 1.0 if finding.severity == Severity.MET else finding.share
    needs = finding.severity.needs_somebody
    return Judged(finding, points, rules.earned(points, share), waived if needs else None, own)


def _of_phase(phase: Phase, label: str, judged: list[Judged]) -> PhaseReadiness:
    mine = tuple(one for one in judged if one.finding.phase == phase)
    return PhaseReadiness(key=phase.value, label=label, judged=mine)


@dataclass(frozen=True, slots=True)
class History:
    """The score by week, oldest first, today last; and what moved it, newest first."""

    weeks: list[tuple[date, int]]
    moves: list[rules.Move]

    @property
    def in_a_week(self) -> int | None:
        """By how much the score moved since the Tuesday before the last; None in the first week."""
        return self.weeks[-1][1] - self.weeks[-2][1] if len(self.weeks) > 1 else None


def history_of(kickoff: Kickoff, now: Readiness, at: datetime) -> History:
    """How the score came to be what it is now. One query."""
    kept = [
        (row.week_date, {key: rules.Kept(*held) for key, held in row.points.items()})
        for row in WeeklyScore.objects.filter(kickoff=kickoff)
    ]
    today = kickoff.local_date(at)
    if not kept or kept[-1][0] < today:
        points = {
            one.finding.check.key: rules.Kept(one.earned, one.finding.text) for one in now.judged
        }
        kept.append((today, points))
    weeks = [(day, sum(held.points for held in points.values())) for day, points in kept]
    return History(weeks, rules.moves(kept))


def waivers_learned(kickoff: Kickoff, at: datetime) -> Learned | None:
    """Which checks were waived, and why: what a planner of the next kickoff asks about first. One query."""
    waivers = list(Waiver.objects.filter(kickoff=kickoff).order_by("made_at", "pk"))
    if not waivers:
        return None
    words = _("Waived: %(check)s. %(why)s")
    says = []
    for one in waivers:
        check = known_check(one.check_key)
        name = str(check.name) if check else one.check_key
        says.append(words % {"check": name, "why": one.reason})
    return Learned(_("Readiness"), says, reverse("events:readiness:page", args=[kickoff.slug]))
