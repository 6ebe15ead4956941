from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agenda.reviews.models import Guesser, PrepStep, Side, Statement
from people.accounts.models import Person


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """
    What a person said of their own deals, which interviews they held, what they prepared, and where
    they guessed, not what, which is not known. Of a buyer's words nothing: they are the buyer's. Five
    queries.
    """
    mine = Statement.objects.filter(person=person).prefetch_related("reasons")
    yield (
        "win_loss_records",
        [
            {
                "kickoff": one.kickoff.name,
                "deal": one.name,
                "side": one.side,
                "asked_at": one.asked_at,
                "written_at": one.written_at,
                "reasons": [
                    {"reason": said.reason, "weight": said.weight, "words": said.quote}
                    for said in one.reasons.all()
                    if one.side == Side.REP
                ],
            }
            for one in mine.select_related("kickoff")
        ],
    )
    steps = PrepStep.objects.filter(owner=person)
    columns = ("review__kickoff__name", "review__name", "title", "due_date", "done_at")
    yield "win_loss_preparation", list(steps.values(*columns))
    guessed = Guesser.objects.filter(person=person)
    yield "win_loss_guessed", list(guessed.values("review__kickoff__name", "review__name"))
