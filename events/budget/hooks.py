"""Where a budget lets in those that stand above it."""

from typing import NamedTuple

from core.hooks import Hook
from events.kickoff.models import Kickoff
from people.accounts.models import Person


class Measured(NamedTuple):
    """What was found after a kickoff, as a sentence, and the page that shows how."""

    text: str
    url: str


find_measured = Hook[[Kickoff, Person], Measured | None](
    "events.budget.hooks.find_measured",
    """
    Tell what was measured after a kickoff, to stand beside what its return assumes.

    Takes the kickoff and who looks; gives the latest finding, or None where nothing is measured
    yet, or they may not see it. In one query.
    """,
)
