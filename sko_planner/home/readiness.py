"""What is missing at a kickoff, as its homes show it: the checks of every capability, by phase."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.hooks import Finding, Phase, Severity, findings
from events.kickoff.models import Kickoff


@dataclass(frozen=True, slots=True)
class PhaseReadiness:
    """
    The checks of one phase: how many are met, those that need somebody, what others do as planned,
    and how many are too early to judge.
    """

    key: str
    label: str
    met: int
    total: int
    open: tuple[Finding, ...]
    calm: tuple[Finding, ...]
    early: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every check of a kickoff, by phase. Their number is the same whatever was done."""

    phases: tuple[PhaseReadiness, ...]

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
        return sum(
            finding.severity == Severity.BLOCKS for phase in self.phases for finding in phase.open
        )

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
    """What every registered check says."""
    found = findings(kickoff, at)
    labels = {Phase.BEFORE: _("Before"), Phase.DURING: _("During"), Phase.AFTER: _("After")}
    return Readiness(tuple(_of_phase(phase, labels[phase], found) for phase in Phase))


def _of_phase(phase: Phase, label: str, found: list[Finding]) -> PhaseReadiness:
    mine = [finding for finding in found if finding.phase == phase]
    later = [finding for finding in mine if finding.severity == Severity.LATER]
    return PhaseReadiness(
        key=phase.value,
        label=label,
        met=sum(finding.severity == Severity.MET for finding in mine),
        total=len(mine),
        open=tuple(finding for finding in mine if finding.severity.needs_somebody),
        calm=tuple(finding for finding in later if finding.text),
        early=sum(not finding.text for finding in later),
    )
