"""The clock of a deal, what a group's scores say, and what becomes of a room by all that was done in it."""

from agenda.clinics.rules.clock import MINUTES, PARTS, Clock, Part, read_clock
from agenda.clinics.rules.folding import VERDICTS, Act, Kind, Room, Step, Turn, Verdict, fold
from agenda.clinics.rules.saying import TOLD, check, letters
from agenda.clinics.rules.scores import Spread, heading, spreads, widest

__all__ = [
    "MINUTES",
    "PARTS",
    "TOLD",
    "VERDICTS",
    "Act",
    "Clock",
    "Kind",
    "Part",
    "Room",
    "Spread",
    "Step",
    "Turn",
    "Verdict",
    "check",
    "fold",
    "heading",
    "letters",
    "read_clock",
    "spreads",
    "widest",
]
