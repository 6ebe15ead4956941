"""The four parts of a review in the room, in order, and when each is planned to begin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

# Of a review's minutes: guess, tell, hear the buyer, change
_SHARES = (0.15, 0.40, 0.25, 0.20)


class Part(IntEnum):
    """Where a review stands in its room. What was guessed is shown from `TOLD` on, the truth from `BUYER` on."""

    SHUT = 0
    GUESS = 1
    TOLD = 2
    BUYER = 3
    CHANGE = 4
    OVER = 5


NAMES: Mapping[Part, Promise] = {
    Part.GUESS: lazy("Guess"),
    Part.TOLD: lazy("Deal team tells it"),
    Part.BUYER: lazy("The buyer’s words"),
    Part.CHANGE: lazy("What we change"),
}
NEXT: Mapping[Part, Promise] = {
    Part.SHUT: lazy("Let the room guess"),
    Part.GUESS: lazy("Close the guesses"),
    Part.TOLD: lazy("Show the buyer’s words"),
    Part.BUYER: lazy("Go on to what we change"),
    Part.CHANGE: lazy("End the review"),
}


def planned(starts_at: datetime, minutes: int, place: int, reviews: int) -> dict[Part, datetime]:
    """
    When each part of a review is planned to begin: the reviews of a session share its minutes
    evenly, `place` counts from 0. In whole minutes.
    """
    own = minutes / max(reviews, 1)
    begins, found = place * own, {}
    for part, share in zip(NAMES, _SHARES, strict=True):
        found[part] = starts_at + timedelta(minutes=round(begins))
        begins += share * own
    return found
