"""What makes a question fit to be asked."""

from collections.abc import Sequence

FEWEST_CHOICES, MOST_CHOICES = 2, 6


def wrong_choices(choices: Sequence[str], right: int) -> str:
    """
    Why these choices cannot be asked, as a code; empty when they can.

    `right` is the index of the right one. Codes: few, many, alike, right.
    """
    texts = [text.strip().casefold() for text in choices]
    if len(texts) < FEWEST_CHOICES or not all(texts):
        return "few"
    if len(texts) > MOST_CHOICES:
        return "many"
    if len(set(texts)) != len(texts):
        return "alike"
    if not 0 <= right < len(texts):
        return "right"
    return ""
