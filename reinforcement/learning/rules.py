"""Which questions a quiz asks, and what its answers come to."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

CERTIFIED_PERCENT = 80
RETRY_AFTER = timedelta(days=7)


def draw(
    pool: Mapping[int, Sequence[int]], count: int, seen: frozenset[int], seed: str
) -> list[int]:
    """
    Choose `count` questions, one topic after the other, so that each has its share.

    `pool` is question ids by topic. Within a topic unseen questions come first. The same seed
    draws the same questions in the same order; fewer are drawn when the pool is smaller.
    """
    chance = random.Random(seed)  # noqa: S311
    queues: dict[int, list[int]] = {}
    for topic in sorted(pool):
        questions = sorted(pool[topic])
        chance.shuffle(questions)
        queues[topic] = sorted(questions, key=lambda question: question in seen)
    topics = sorted(queues)
    chance.shuffle(topics)
    drawn: list[int] = []
    while len(drawn) < count and any(queues.values()):
        for topic in topics:
            if queues[topic] and len(drawn) < count:
                drawn.append(queues[topic].pop(0))
    return drawn


def percent(right: int, asked: int) -> int:
    """The score of a quiz in whole percent, half up."""
    return (200 * right + asked) // (2 * asked) if asked else 0


def may_retry(*, score_percent: int, finished_at: datetime, at: datetime) -> bool:
    """Whether a certification check may be taken again: below 80%, a week after the last try."""
    return score_percent < CERTIFIED_PERCENT and at >= finished_at + RETRY_AFTER


def by_topic(answers: Sequence[tuple[int, bool]]) -> dict[int, int]:
    """Percent right of each topic, from pairs of topic and whether the answer was right."""
    marks: defaultdict[int, list[bool]] = defaultdict(list)
    for topic, right in answers:
        marks[topic].append(right)
    return {topic: percent(sum(given), len(given)) for topic, given in marks.items()}
