"""
The readiness registry: what is missing before a kickoff is ready, by phase.

A capability registers its checks in `AppConfig.ready()`, so the planner's home knows none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from events.kickoff.models import Kickoff


class Phase(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Severity(StrEnum):
    MET = "met"
    IMPROVE = "improve"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    What one check says of one kickoff.

    `text` says what is, `why` says why it matters, `mend_label` and `mend_url` are the link that
    mends it. A check that is met has only a text.
    """

    phase: Phase
    severity: Severity
    text: str
    why: str = ""
    mend_label: str = ""
    mend_url: str = ""


Check = Callable[[Kickoff, datetime], Iterable[Finding]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Add a check: a function of kickoff and moment that yields its findings."""
    if check not in _checks:
        _checks.append(check)
    return check


def findings(kickoff: Kickoff, at: datetime) -> list[Finding]:
    """Every check's findings, what blocks first."""
    order = [Severity.BLOCKS, Severity.IMPROVE, Severity.MET]
    found = [finding for check in _checks for finding in check(kickoff, at)]
    return sorted(found, key=lambda finding: order.index(finding.severity))
