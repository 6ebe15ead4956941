"""How long is kept what people handed in."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from events.commitments.queries import KEPT_AFTER_END, KEPT_AFTER_LEAVING
from events.prework.models import ItemComment, PreworkItem, QuizTry, Watching

# What of an item is its person's words; that it was done, and what was acknowledged, stays
_NOTHING: dict[str, Any] = {"text": "", "link": "", "draft": {}, "file": None, "returned_note": ""}


def past_keeping(at: datetime) -> Q:
    """Of pre-work of people: whose words are kept no longer at a moment, as of promises."""
    today = at.date()
    return Q(assignment__kickoff__ends_date__lt=today - KEPT_AFTER_END) | Q(
        person__leave_date__lt=today - KEPT_AFTER_LEAVING
    )


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: two years after a kickoff, and 90 days after their person
    left, forget what people wrote, handed in, watched and answered, and what was said of it. Their
    files go within a day after. That it was done, and a text as it was acknowledged, stays.
    """
    if at.minute:
        return {}
    past = PreworkItem.objects.filter(past_keeping(at))
    with transaction.atomic():
        for model in (ItemComment, QuizTry, Watching):
            model.objects.filter(item__in=past).delete()
        wordless = Q(**{name: value for name, value in _NOTHING.items() if name != "file"})
        said = past.exclude(wordless & Q(file__isnull=True))
        return {"forgotten": said.update(**_NOTHING)}
