"""What each kind of act has to say, so that nothing is kept that no room could hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from agenda.clinics.rules.clock import read_clock, seconds
from agenda.clinics.rules.folding import Kind, Verdict
from core.keys import seen
from events.strategies.rules import LETTERS, SCORES

WORDS = 200  # characters of an action
MOST = 60  # deals of a group
KEYS = frozenset(letter.key for letter in LETTERS)
HIGHEST = SCORES[-1][0]
# Those of a deal; the others are of the room
OF_TURNS = frozenset(
    {Kind.SKIP, Kind.CLOCK, Kind.SCORE, Kind.SHOW, Kind.AGAIN, Kind.STEP, Kind.VERDICT}
)
_TURN = re.compile(r"[1-9][0-9]{0,17}\.[12]")


def check(kind: str, turn: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """
    What an act says, clean: the fields of its kind and no others.

    :raises ValueError: a field, which it names, is missing or says what it cannot
    """
    if (kind in OF_TURNS) != bool(turn) or (turn and not _TURN.fullmatch(turn)):
        raise ValueError("turn")
    clean = {}
    for name, reads in _FIELDS[kind].items():
        try:
            clean[name] = reads(said[name])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValueError(name) from error
    return clean


def letters(said: Mapping[str, Any]) -> dict[str, int]:
    """
    A score of 0 to 3 for one letter at least.

    :raises ValueError: a letter or a score is none
    """
    if not said or not set(said) <= KEYS:
        raise ValueError
    return {key: _whole(score, 0, HIGHEST) for key, score in said.items()}


def _whole(said: object, least: int, most: int) -> int:
    if type(said) is not int or not least <= said <= most:
        raise ValueError
    return said


def _person(said: object) -> int:
    return _whole(said, 1, 2**62)


def _yes_or_no(said: object) -> bool:
    if type(said) is not bool:
        raise ValueError
    return said


def _words(said: str) -> str:
    words = " ".join(seen(said).split())
    if not 0 < len(words) <= WORDS:
        raise ValueError
    return words


def _key(said: str) -> str:
    return str(UUID(said))


def _day(said: str) -> str:
    return date.fromisoformat(said).isoformat()


def _verdict(said: str) -> str:
    return str(Verdict(said)) if said else ""


def _clock(said: Mapping[str, Any]) -> dict[str, Any]:
    return read_clock(said).kept()


def _seconds(said: object) -> list[int]:
    return list(seconds(said))


def _turns(said: list[str]) -> list[str]:
    if len(said) > MOST or not all(_TURN.fullmatch(one) for one in said):
        raise ValueError
    return list(said)


_FIELDS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    Kind.LEAD: {},
    Kind.HERE: {"person": _person, "is_here": _yes_or_no},
    Kind.ORDER: {"turns": _turns},
    Kind.SKIP: {"is_skipped": _yes_or_no},
    Kind.MINUTES: {"given": _seconds},
    Kind.CLOCK: {"clock": _clock},
    Kind.SCORE: {"person": _person, "letters": letters},
    Kind.SHOW: {},
    Kind.AGAIN: {},
    Kind.STEP: {"step": _key, "words": _words, "owner": _person, "by": _day},
    Kind.DROP: {"step": _key},
    Kind.VERDICT: {"verdict": _verdict},
}
TOLD = tuple(kind for kind in Kind if kind != Kind.LEAD)  # what a device tells of itself
