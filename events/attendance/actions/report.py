from collections import Counter
from dataclasses import dataclass, field

from events.attendance.models import Attendee


@dataclass
class RosterReport:
    """What an import did, or would do."""

    rows: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    added: int = 0  # to this kickoff's roster
    kinds: Counter[str] = field(default_factory=Counter)
    regions: int = 0
    new_regions: list[str] = field(default_factory=list)
    new_teams: list[str] = field(default_factory=list)
    new_managers: list[str] = field(default_factory=list)
    # Whose manager RevOps has to confirm: `person → manager`, and how many new people
    moved: list[str] = field(default_factory=list)
    given_managers: int = 0
    turned: list[str] = field(default_factory=list)  # names that had the last name first
    joining: list[str] = field(default_factory=list)  # who comes onto this roster
    placed: list[str] = field(default_factory=list)  # `person: old → new` region or team
    returning: list[str] = field(default_factory=list)  # who had left, and has not by the file
    return_waits: bool = False  # until RevOps lets them have their account back
    offered: list[tuple[int, str]] = field(default_factory=list)  # rows that may wait, in words
    held: list[str] = field(default_factory=list)  # whose rows wait
    absent: list[Attendee] = field(default_factory=list)  # whom the file leaves out
    leaving: list[Attendee] = field(default_factory=list)  # of these, who has left
