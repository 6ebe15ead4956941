from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import ngettext

from core.hooks import Hook
from events.kickoff.models import Kickoff
from people.accounts.models import Person

fill_summit = Hook[[Kickoff, Person, datetime], None](
    "events.kickoff.hooks.fill_summit",
    """
    Fill a new kickoff with a part of the Acceleration Summit template: big bets, agenda, timeline,
    30-60-90 plan.

    Takes the kickoff, who makes it, and the moment; gives nothing. Called inside the transaction
    that makes the kickoff. A part that points at what another one makes is registered with a
    higher `order`.
    """,
)


@dataclass(frozen=True, slots=True)
class Copied:
    """
    What a capability takes over from another kickoff, in sentences with counts; `is_held` where the
    kickoff has its own already, so that nothing is added to it.
    """

    name: str
    says: Sequence[str] = ()
    is_held: bool = False


copy_from = Hook[[Kickoff, Kickoff, Person, datetime], Copied | None](
    "events.kickoff.hooks.copy_from",
    """
    Copy the plan of one kickoff into another: neither the people on its roster nor results.

    Takes where it comes from, the kickoff that it goes to, who copies, and the moment; gives what
    was copied, or None where there is nothing. A kickoff that has something of it already keeps that
    and gets nothing more. Called inside a transaction, which is taken back where a planner has not
    seen yet what is copied: write rows, and send nothing. What points at what another function
    copies finds it by its title, and is registered with a higher `order`.
    """,
)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a past kickoff teaches in one respect, in sentences, and where to read on."""

    name: str
    says: Sequence[str]
    url: str = ""


find_learned = Hook[[Kickoff, datetime], Learned | None](
    "events.kickoff.hooks.find_learned",
    """
    Tell what there is to learn from a kickoff, for planners who copy it.

    Takes the kickoff and the moment; gives what was learned, or None where nothing is known.
    """,
)


follow_end = Hook[[Kickoff, datetime], None](
    "events.kickoff.hooks.follow_end",
    """
    Begin what begins when a kickoff ends: the 30-60-90 campaign starts by itself.

    Takes the kickoff and the moment; gives nothing. Called inside the transaction that ends the
    kickoff, so both hold or neither.
    """,
)


@dataclass(frozen=True, slots=True)
class Before:
    """What the kickoff said until now."""

    starts_date: date
    ends_date: date
    time_zone: str

    def shift(self, kickoff: Kickoff) -> timedelta:
        """How many days later the event begins now; negative where it begins earlier."""
        return kickoff.starts_date - self.starts_date

    def moved(self, kickoff: Kickoff, moment: datetime) -> datetime:
        """Where a moment of the event is now, in UTC: its day and its local time are kept."""
        local = moment.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)
        return (local + self.shift(kickoff)).replace(tzinfo=kickoff.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Detail:
    """What follows for one person, line by line, and the line of the mail that they get, if they do."""

    name: str
    lines: Sequence[str]
    told: str = ""


@dataclass(frozen=True, slots=True)
class Follows:
    """
    What follows from a move in one capability, in sentences that a planner reads before and after.

    `told` are the people whom it touches, by id, each with what changes for them and where they
    see it: lines of the one mail that a person gets about a move. `details` say it thing by thing,
    for the planner who asks.
    """

    name: str
    says: Sequence[str]
    told: Mapping[int, Sequence[str]] = field(default_factory=dict)
    details: Sequence[Detail] = ()


follow_dates = Hook[[Kickoff, Before, Person, datetime], Follows | None](
    "events.kickoff.hooks.follow_dates",
    """
    Move what counts from the dates or the time zone of a kickoff, when they change, and say so.

    Takes the kickoff as it is now, what it said before, who moves it, and the moment; gives what
    followed, or None where it holds nothing. Called inside the transaction that moves the kickoff,
    which is taken back where a planner has not seen yet what follows: write rows, and send nothing
    but what `told` says. What is moved last, since it reads what others moved, has a higher `order`.
    """,
)


find_last_end = Hook[[Kickoff], datetime | None](
    "events.kickoff.hooks.find_last_end",
    """
    Tell when the last thing of a kickoff ends: people leave then.

    Takes the kickoff; gives the moment when its own last thing ends, None if there is none.
    """,
)


def leaving_at(kickoff: Kickoff) -> datetime:
    """
    When the last thing ends that is known; midnight after the last day where nothing is, and
    where what is known ends on an earlier day.
    """
    known = [moment for moment in find_last_end(kickoff) if moment is not None]
    last = max(known, default=kickoff.closes_at)
    return last if kickoff.local_date(last) == kickoff.ends_date else kickoff.closes_at


class Phase(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Severity(StrEnum):
    MET = "met"
    LATER = "later"  # nobody can mend it now: too early to judge, or with somebody else
    IMPROVE = "improve"
    BLOCKS = "blocks"

    @property
    def needs_somebody(self) -> bool:
        """Whether there is something to mend."""
        return self in (Severity.IMPROVE, Severity.BLOCKS)


@dataclass(frozen=True, slots=True)
class Threshold:
    """
    The one number that a check holds a kickoff against, which its planner may set within limits.

    `says` is a sentence with `%(value)s` where the number stands, in its unit: "%", "days" or none.
    """

    says: str | Promise
    default: int
    low: int
    high: int
    unit: str = "%"

    def worded(self, value: int) -> str:
        """A number in its unit."""
        if self.unit == "days":
            return ngettext("%(count)d day", "%(count)d days", value) % {"count": value}
        return f"{value}{self.unit}"

    def said(self, value: int) -> str:
        """The sentence of a number."""
        return str(self.says) % {"value": self.worded(value)}


@dataclass(frozen=True, slots=True)
class Check:
    """
    One thing that readiness looks at, by a key that stays: its phase, how much it weighs beside the
    others, where its rule comes from, whether RevOps mends it instead of whoever plans, the number
    that it asks for, if it asks for one, and what it looks at, in few words.
    """

    key: str
    phase: Phase
    weight: int
    source: str | Promise
    is_of_revops: bool = False
    threshold: Threshold | None = None
    name: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    What one check says of one kickoff.

    `text` says what is, `why` says why it matters, `mend_label` and `mend_url` are the link that
    mends it. A check that is met has only a text, one that is too early to judge has not even that.
    `share`, from 0 to 1, is how much of it is met where it is met in part.
    """

    check: Check
    severity: Severity
    text: str
    why: str = ""
    mend_label: str = ""
    mend_url: str = ""
    share: float = 0.0

    @property
    def phase(self) -> Phase:
        return self.check.phase


Counting = Callable[[Kickoff, datetime], Mapping[str, Any]]

_known: dict[str, Check] = {}
_counting: list[Counting] = []


def known_check(key: str) -> Check | None:
    """The check that has a key, if one still has it."""
    return _known.get(key)


def to_count(kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """What every check counts, by name: expressions for one query of the kickoff."""
    return {name: rows for count in _counting for name, rows in count(kickoff, at).items()}


def checks(
    *looked: Check, counts: Counting | None = None
) -> Callable[
    [Callable[[Kickoff, datetime], Iterator[Finding]]],
    Callable[[Kickoff, datetime], list[Finding]],
]:
    """
    Of a function that checks: it makes these checks, whatever there is to look at. One that it says
    nothing of is too early to judge. So the checks of a kickoff do not grow because somebody works.

    `counts` are the figures that it reads with `events.readiness.queries.counts_of`, by name: all
    capabilities' are asked in one query.

    :raises WrongFindings: it found something that it does not look for, or the same twice
    """

    _known.update({one.key: one for one in looked})
    if counts is not None:
        _counting.append(counts)

    def counted(
        check: Callable[[Kickoff, datetime], Iterator[Finding]],
    ) -> Callable[[Kickoff, datetime], list[Finding]]:
        @wraps(check)
        def found(kickoff: Kickoff, at: datetime) -> list[Finding]:
            findings = list(check(kickoff, at))
            said = {finding.check: finding for finding in findings}
            if len(said) < len(findings) or not said.keys() <= set(looked):
                keys = ", ".join(finding.check.key for finding in findings)
                raise WrongFindings(f"{check.__module__} found {keys}")
            return [said.get(one) or Finding(one, Severity.LATER, "") for one in looked]

        return found

    return counted


class WrongFindings(Exception):
    """A function found something twice, or that it does not look for: a mistake in the code."""


check_readiness = Hook[[Kickoff, datetime], Iterable[Finding]](
    "events.kickoff.hooks.check_readiness",
    """
    Tell what is missing before a kickoff is ready, for the planner's home.

    Takes the kickoff and the moment; gives its findings, those that are met too: one for each check
    that `checks` names, whatever there is to look at.
    """,
)


def findings(kickoff: Kickoff, at: datetime) -> list[Finding]:
    """Every check's findings, what blocks first."""
    order = [Severity.BLOCKS, Severity.IMPROVE, Severity.LATER, Severity.MET]
    found = [finding for of_one in check_readiness(kickoff, at) for finding in of_one]
    return sorted(found, key=lambda finding: order.index(finding.severity))
