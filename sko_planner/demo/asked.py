"""What a topic of the question bank is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; the first choice is the right one here, and stands anywhere on the page."""

    text: str
    choices: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic with its bet (position), what a manager can see, what to ask, and its questions."""

    name: str
    bet: int | None
    behaviour: str
    prompts: tuple[str, ...]
    practice: tuple[Asked, ...]
    held: tuple[Asked, ...]
