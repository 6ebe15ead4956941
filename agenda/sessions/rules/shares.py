"""How much of an agenda lets people practise, rather than listen."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from agenda.sessions.rules.conflicts import Slot

# Percent of session minutes: under the aim is a warning, under two thirds of it a failure
EXPERIENTIAL_AIM = 45
EXPERIENTIAL_TYPES = frozenset({"DEAL_CLINIC", "WIN_LOSS_REVIEW", "CUSTOMER_PANEL", "WORKSHOP"})
UNCOUNTED_TYPES = frozenset({"MEAL_BREAK", "SOCIAL"})


@dataclass(frozen=True, slots=True)
class Share:
    """
    Experiential minutes of all the session minutes that one attendee can sit through; meals, breaks
    and social time not counted.
    """

    experiential: Fraction = Fraction(0)
    counted: Fraction = Fraction(0)

    @property
    def part(self) -> float | None:
        """0 to 1, or None where nothing is counted yet."""
        return float(self.experiential / self.counted) if self.counted else None

    @property
    def minutes(self) -> int:
        """What is counted, in whole minutes."""
        return round(self.counted)

    def fails(self, aim: int = EXPERIENTIAL_AIM) -> bool:
        """Whether it is under two thirds of an aim in percent."""
        return self.experiential * 300 < self.counted * aim * 2

    def is_under(self, aim: int = EXPERIENTIAL_AIM) -> bool:
        """Whether it is under an aim in percent."""
        return self.experiential * 100 < self.counted * aim


def experiential_share(slots: Iterable[Slot], heads: int) -> Share:
    """
    The share of experiential time as one attendee of `heads` lives it, on average.

    Nobody sits in two rooms: sessions at the same time count once, each kind by the people who are
    expected in it, and a session for a tenth of them for a tenth of its minutes. Where nobody is on
    the roster yet, every session is for everybody.
    """
    changes: dict[datetime, list[tuple[int, int]]] = defaultdict(list)
    for slot in slots:
        if slot.type in UNCOUNTED_TYPES:
            continue
        expected = slot.expected if heads else 1
        practised = expected if slot.type in EXPERIENTIAL_TYPES else 0
        changes[slot.starts_at].append((expected, practised))
        changes[slot.ends_at].append((-expected, -practised))
    lasted: Counter[tuple[int, int]] = Counter()  # minutes, by who is in any session and in which
    expected = practised = 0
    before: datetime | None = None
    for moment in sorted(changes):
        if before is not None and expected:
            lasted[expected, practised] += (moment - before) // timedelta(minutes=1)
        expected += sum(more for more, _practised in changes[moment])
        practised += sum(more for _expected, more in changes[moment])
        before = moment
    everybody = heads or 1
    counted = experiential = Fraction(0)
    for (expected, practised), minutes in lasted.items():
        lived = Fraction(minutes * min(expected, everybody), everybody)
        counted += lived
        experiential += lived * Fraction(practised, expected)
    return Share(experiential, counted)
