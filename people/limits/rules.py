from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within a span of time that slides with the clock; a day at most."""

    tries: int
    within: timedelta


def digest(*parts: str) -> str:
    """What a try is counted by, as the table keeps it: no address and no code can be read there."""
    return sha256("\0".join(parts).encode()).hexdigest()
