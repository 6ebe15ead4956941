"""Why deals are won and lost: the reasons there are, what two records of one say, and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

QUESTIONS = {
    "why_buy": lazy("Why buy at all?"),
    "why_us": lazy("Why us, or them?"),
    "nearly": lazy("What nearly killed it?"),
    "change": lazy("What should we change?"),
}
INTERVIEW_DAYS = 21  # after the close, a buyer still knows why
FEWEST = 5  # what fewer said is not broken down
MANY = 30  # of fewer deals it is said that they are few


class Reason(StrEnum):
    """“Lost to a competitor” and “no decision” are two; “unknown” is counted."""

    NO_DECISION = "NO_DECISION"
    COMPETITOR = "COMPETITOR"
    PRODUCT_GAP = "PRODUCT_GAP"
    PROCESS_FAILURE = "PROCESS_FAILURE"
    RELATIONSHIP = "RELATIONSHIP"
    UNKNOWN = "UNKNOWN"


class Weight(StrEnum):
    """What somebody says of a reason: one is the main one, others may count too, or were none."""

    MAIN = "MAIN"
    ALSO = "ALSO"
    NOT = "NOT"


LOST: Mapping[Reason, Promise] = {
    Reason.NO_DECISION: lazy("No decision"),
    Reason.COMPETITOR: lazy("Competitor"),
    Reason.PRODUCT_GAP: lazy("Product gap"),
    Reason.PROCESS_FAILURE: lazy("Process failure"),
    Reason.RELATIONSHIP: lazy("Relationship"),
    Reason.UNKNOWN: lazy("Unknown"),
}
# The same six, as what they were where the deal was won
WON: Mapping[Reason, Promise] = {
    Reason.NO_DECISION: lazy("They had to act"),
    Reason.COMPETITOR: lazy("Better than the competitor"),
    Reason.PRODUCT_GAP: lazy("Product"),
    Reason.PROCESS_FAILURE: lazy("Our process"),
    Reason.RELATIONSHIP: lazy("Relationship"),
    Reason.UNKNOWN: lazy("Unknown"),
}
WEIGHTS: Mapping[Weight, Promise] = {
    Weight.MAIN: lazy("main reason"),
    Weight.ALSO: lazy("also"),
    Weight.NOT: lazy("not a reason"),
}


def label(reason: str, *, won: bool) -> str:
    """A reason as people read it, of a deal that was won or lost."""
    return str((WON if won else LOST)[Reason(reason)])


def headline(rep: str, buyer: str, *, won: bool) -> str:
    """What two records say in one sentence, by their main reasons; empty: nobody has said it."""
    if rep and rep == buyer:
        return _("Rep and buyer say the same: %(reason)s.") % {"reason": label(rep, won=won)}
    if rep and buyer:
        said = {"rep": label(rep, won=won), "buyer": label(buyer, won=won)}
        return _("The rep says: %(rep)s. The buyer says: %(buyer)s.") % said
    if rep:
        return _("The rep says: %(rep)s. The buyer was not asked yet.") % {
            "rep": label(rep, won=won)
        }
    if buyer:
        return _("The buyer says: %(buyer)s. The rep has not said it yet.") % {
            "buyer": label(buyer, won=won)
        }
    return _("Nobody has said why yet.")


def days_after(closed: date | None, held: date | None) -> int | None:
    """How many days after the close an interview was; None where one of the two is not known."""
    return (held - closed).days if closed and held else None


def warn_late(days: int | None) -> str:
    """What to say of an interview that came late; empty where it did not."""
    if days is None or days <= INTERVIEW_DAYS:
        return ""
    said = ngettext(
        "Held %(count)d day after the close: past three weeks, memory has tidied the story.",
        "Held %(count)d days after the close: past three weeks, memory has tidied the story.",
        days,
    )
    return said % {"count": days}


@dataclass(frozen=True, slots=True)
class Gap:
    """How often reps and buyers name one reason as the main one."""

    reason: Reason
    reps: int
    buyers: int

    @property
    def name(self) -> str:
        return label(self.reason, won=False)


def gaps(pairs: Sequence[tuple[str, str]]) -> list[Gap]:
    """Each reason over pairs of main reasons, rep's and buyer's; what buyers name most comes first."""
    reps, buyers = Counter(rep for rep, _buyer in pairs), Counter(buyer for _rep, buyer in pairs)
    found = [Gap(one, reps[one], buyers[one]) for one in Reason]
    return sorted(found, key=lambda gap: (gap.reason == Reason.UNKNOWN, -gap.buyers, -gap.reps))


def agreed(pairs: Sequence[tuple[str, str]]) -> int:
    """In how many pairs rep and buyer name the same main reason."""
    return sum(rep == buyer for rep, buyer in pairs)


def finding(pairs: Sequence[tuple[str, str]]) -> str:
    """What the pairs show, in a sentence: what reps name too often, and what buyers do."""
    found = gaps(pairs)
    by_reps = max(found, key=lambda gap: gap.reps - gap.buyers)
    by_buyers = max(found, key=lambda gap: gap.buyers - gap.reps)
    if by_reps.reps == by_reps.buyers:
        return _("Over all %(deals)d lost deals reps and buyers name the same reasons as often") % {
            "deals": len(pairs)
        }
    return _(
        "Over all %(deals)d lost deals reps name “%(reps_name)s” %(reps)d to buyers’ %(less)d, "
        "buyers “%(buyers_name)s” %(buyers)d to reps’ %(least)d"
    ) % {
        "deals": len(pairs),
        "reps_name": by_reps.name,
        "reps": by_reps.reps,
        "less": by_reps.buyers,
        "buyers_name": by_buyers.name,
        "buyers": by_buyers.buyers,
        "least": by_buyers.reps,
    }
