"""What a win strategy holds, what it still lacks, and what the data of its deal warns of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from core.ui.figures import day

MOST_DEALS = 2  # one or two: a clinic has half an hour for a rep (ours)
STALLED_DAYS = 30  # without any activity (ours)
STAKEHOLDERS, RISKS = 5, 3
SHORT, LONG, ASK = 120, 500, 1000  # characters
CONFIRMED = 2  # from this score on somebody said it, so it says who and when


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of MEDDPICC: its key, its name and the question that it asks."""

    key: str
    initial: str
    name: str | Promise
    asks: str | Promise


LETTERS = (
    Letter("metrics", "M", lazy("Metrics"), lazy("What is it worth to them, in their figures?")),
    Letter("buyer", "E", lazy("Economic buyer"), lazy("Who can say yes when all others say no?")),
    Letter("criteria", "D", lazy("Decision criteria"), lazy("By what do they choose?")),
    Letter("process", "D", lazy("Decision process"), lazy("Who decides what, in which order?")),
    Letter("paper", "P", lazy("Paper process"), lazy("What do legal and procurement need?")),
    Letter("pain", "I", lazy("Identified pain"), lazy("What hurts, and what if they do nothing?")),
    Letter("champion", "C", lazy("Champion"), lazy("Who sells for you when you are not there?")),
    Letter("competition", "C", lazy("Competition"), lazy("Who else, and doing nothing?")),
)
SCORES = (
    (0, lazy("absent")),
    (1, lazy("partial")),
    (2, lazy("confirmed by the prospect")),
    (3, lazy("evidenced")),
)
STANCES = (
    ("FOR", lazy("for us")),
    ("NEUTRAL", lazy("neutral")),
    ("AGAINST", lazy("against us")),
    ("UNKNOWN", lazy("not known")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one letter: a score of 0 to 3, None while nobody has thought of it."""

    score: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody on the side of the prospect, what they decide, and whether they are for us."""

    name: str
    part: str = ""
    stance: str = "UNKNOWN"

    @property
    def stance_words(self) -> str:
        """The stance as people read it."""
        return str(dict(STANCES)[self.stance])


@dataclass(frozen=True, slots=True)
class Risk:
    """What could stop the deal, and who sees to it."""

    what: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A win strategy as it was written, whole or not."""

    next_step: str = ""
    letters: Mapping[str, Known] = field(default_factory=dict)
    stakeholders: tuple[Stakeholder, ...] = ()
    risks: tuple[Risk, ...] = ()
    ask: str = ""

    def known(self) -> list[tuple[Letter, Known]]:
        """Each letter in its order, with what is known of it."""
        return [(letter, self.letters.get(letter.key, Known())) for letter in LETTERS]

    @property
    def scored(self) -> int:
        """How many letters have a score."""
        return sum(known.score is not None for _letter, known in self.known())

    @property
    def total(self) -> int:
        """The sum of the scores, 0 to 24."""
        return sum(known.score or 0 for _letter, known in self.known())

    def kept(self) -> dict[str, Any]:
        """The content as a column keeps it; `read` is the way back."""
        kept = asdict(self)
        return kept | {key: list(kept[key]) for key in ("stakeholders", "risks")}


def read(kept: Mapping[str, Any]) -> Content:
    """The content that a column keeps."""
    return Content(
        next_step=kept.get("next_step", ""),
        letters={key: Known(**known) for key, known in kept.get("letters", {}).items()},
        stakeholders=tuple(Stakeholder(**one) for one in kept.get("stakeholders", ())),
        risks=tuple(Risk(**one) for one in kept.get("risks", ())),
        ask=kept.get("ask", ""),
    )


def lacks(content: Content) -> list[str]:
    """What a strategy needs before it is handed in, in words; empty when it is whole."""
    said = []
    unscored = [str(letter.name) for letter, known in content.known() if known.score is None]
    if unscored:
        said.append(_("Give each letter a score, 0 too: %(names)s.") % {"names": _list(unscored)})
    bare = [
        str(letter.name)
        for letter, known in content.known()
        if (known.score or 0) >= CONFIRMED and not known.evidence
    ]
    if bare:
        said.append(
            _("Write who said so where you say confirmed or evidenced: %(names)s.")
            % {"names": _list(bare)}
        )
    if not content.risks:
        said.append(_("Name one risk at least."))
    if not content.ask:
        said.append(_("Write your ask: the one thing that you want from the clinic."))
    return said


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


@dataclass(frozen=True, slots=True)
class Watched:
    """Which warnings of deals are on."""

    closing: bool = True
    stalled: bool = True
    next_step: bool = True
    no_data: bool = True
    stalled_days: int = STALLED_DAYS


@dataclass(frozen=True, slots=True)
class DealFacts:
    """What the CRM says of a deal; None where it says nothing, `next_step` "" where it is empty."""

    stage: str = ""
    engage_date: date | None = None
    close_date: date | None = None
    next_step: str | None = None
    next_step_date: date | None = None
    last_activity_date: date | None = None


def warnings(facts: DealFacts | None, watched: Watched, today: date) -> list[str]:
    """What the data of a deal warns of, by the rules that are on; of no deal, that there is none."""
    if facts is None:
        return [_("This deal is not in the CRM, so nothing is known of it.")] * watched.no_data
    said = list(_warned(facts, watched, today))
    if watched.no_data and (unknown := list(_unknown(facts))):
        said.append(_("The CRM does not say: %(what)s.") % {"what": _list(unknown)})
    return said


def _warned(facts: DealFacts, watched: Watched, today: date) -> Iterator[str]:
    if watched.closing and facts.close_date and facts.close_date < today:
        yield _("Its close date, %(day)s, is past.") % {"day": day(facts.close_date, "year")}
    last = _last_sign(facts)
    if watched.stalled and last and (today - last).days > watched.stalled_days:
        said = ngettext(
            "It is stalled in its stage: nothing for %(count)d day.",
            "It is stalled in its stage: nothing for %(count)d days.",
            (today - last).days,
        )
        yield said % {"count": (today - last).days}
    if watched.next_step and facts.next_step == "":
        yield _("It has no next step.")
    elif watched.next_step and facts.next_step_date and facts.next_step_date < today:
        yield _("Its next step was due on %(day)s.") % {"day": day(facts.next_step_date, "year")}


def _unknown(facts: DealFacts) -> Iterator[str]:
    if facts.close_date is None:
        yield _("close date")
    if _last_sign(facts) is None:
        yield _("activity")
    if facts.next_step is None:
        yield _("next step")


def _last_sign(facts: DealFacts) -> date | None:
    return max((d for d in (facts.engage_date, facts.last_activity_date) if d), default=None)
