"""
What becomes of a room by all that was done in it.

Each tap is an act with a key and a moment. They may arrive late, twice and in any order, from several
devices: what holds follows from all of them by the order of their moments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agenda.clinics.rules.clock import Clock, read_clock


class Kind(TextChoices):
    """What an act does."""

    LEAD = "LEAD", _("takes the page over")
    HERE = "HERE", _("marks who is here")
    ORDER = "ORDER", _("orders the deals")
    SKIP = "SKIP", _("leaves a deal out")
    MINUTES = "MINUTES", _("gives the parts of later deals their time")
    CLOCK = "CLOCK", _("starts, moves or stops the clock")
    SCORE = "SCORE", _("scores")
    SHOW = "SHOW", _("shows the scores")
    AGAIN = "AGAIN", _("scores once more")
    STEP = "STEP", _("writes an action down")
    DROP = "DROP", _("takes an action back")
    VERDICT = "VERDICT", _("decides")


class Verdict(TextChoices):
    """What a group thinks of a deal."""

    INVEST = "INVEST", _("invest")
    RESTRUCTURE = "RESTRUCTURE", _("restructure")
    QUALIFY_OUT = "QUALIFY_OUT", _("qualify out")


VERDICTS = (
    (Verdict.INVEST, Verdict.INVEST.label, _("more people, more time")),
    (Verdict.RESTRUCTURE, Verdict.RESTRUCTURE.label, _("another buyer, scope or date")),
    (Verdict.QUALIFY_OUT, Verdict.QUALIFY_OUT.label, _("stop, and say so to the customer")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One tap: what it does, to which deal if to one (`17.1`: a person and the place of their deal)."""

    key: UUID
    kind: str
    at: datetime
    by_id: int
    turn: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Turn:
    """
    Where one deal stands. `scores` are those that count, by person; once they are shown no other is
    taken until the group scores once more.
    """

    is_skipped: bool = False
    clock: Clock | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    scores: dict[int, Mapping[str, int]] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)  # who gave them on a device of their own
    shown_at: datetime | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An action of a deal: who does what, by when. Its key is that of the act that wrote it first."""

    turn: str
    words: str
    owner_id: int
    by_date: date


@dataclass(slots=True)
class Room:
    """
    What holds in a room. Who led it last, None while nobody took it over; who is here and who is
    not, of those whom somebody marked; the order of deals that were ordered.
    """

    led_by: int | None = None
    here: dict[int, bool] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    given: tuple[int, ...] = ()
    turns: dict[str, Turn] = field(default_factory=dict)
    steps: dict[UUID, Step] = field(default_factory=dict)

    @property
    def now(self) -> str:
        """The deal whose clock runs: of several, the one that began last; empty where none does."""
        running = {
            key: one.began_at
            for key, one in self.turns.items()
            if one.began_at and one.clock and not one.clock.is_over
        }
        return max(running, key=lambda key: (running[key], key), default="")


def fold(acts: Iterable[Act]) -> Room:
    """The room as all acts make it, in whatever order they come."""
    room = Room()
    for act in sorted(acts, key=lambda act: (act.at, act.key)):
        if act.turn:
            _fold_turn(room, room.turns.setdefault(act.turn, Turn()), act)
        elif act.kind == Kind.LEAD:
            room.led_by = act.by_id
        elif act.kind == Kind.HERE:
            room.here[act.said["person"]] = act.said["is_here"]
        elif act.kind == Kind.ORDER:
            room.order = list(act.said["turns"])
        elif act.kind == Kind.MINUTES:
            room.given = tuple(act.said["given"])
        elif act.kind == Kind.DROP:
            room.steps.pop(UUID(act.said["step"]), None)
    return room


def _fold_turn(room: Room, turn: Turn, act: Act) -> None:
    said = act.said
    if act.kind == Kind.SKIP:
        turn.is_skipped = said["is_skipped"]
    elif act.kind == Kind.CLOCK:
        turn.clock = read_clock(said["clock"])
        turn.began_at = turn.began_at or act.at
        turn.ended_at = act.at if turn.clock.is_over else None
    elif act.kind == Kind.SCORE:
        _score(turn, act)
    elif act.kind == Kind.SHOW:
        turn.shown_at = turn.shown_at or act.at
    elif act.kind == Kind.AGAIN:
        turn.shown_at, turn.scores, turn.own = None, {}, set()
    elif act.kind == Kind.VERDICT:
        turn.verdict = said["verdict"]
    elif act.kind == Kind.STEP:
        by_date = date.fromisoformat(said["by"])
        room.steps[UUID(said["step"])] = Step(act.turn, said["words"], said["owner"], by_date)


def _score(turn: Turn, act: Act) -> None:
    """What somebody gave themselves counts, whatever is entered for them."""
    person = act.said["person"]
    is_own = person == act.by_id
    if turn.shown_at or (person in turn.own and not is_own):
        return
    turn.scores[person] = act.said["letters"]
    if is_own:
        turn.own.add(person)
