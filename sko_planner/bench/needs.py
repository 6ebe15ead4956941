"""The board of needs when everybody who comes has answered all six forms."""

from collections.abc import Callable
from datetime import datetime

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.needs.actions import open_forms
from events.needs.models import NeedAnswer, NeedForm
from events.needs.queries import forms
from sko_planner.bench.measure import Figures


def board(kickoff: Kickoff, at: datetime, page: Callable[[], Figures]) -> Figures:
    """Seed the answers once, then measure the page that counts them."""
    if open_forms(kickoff=kickoff, by=kickoff.owner, at=at):
        coming = list(Attendee.objects.filter(kickoff=kickoff).coming(at))
        rows = (_answer(form, one, at) for form in forms(kickoff) for one in coming)
        NeedAnswer.objects.bulk_create(rows, batch_size=1_000)
    return page()


def _answer(form: NeedForm, attendee: Attendee, at: datetime) -> NeedAnswer:
    answer = NeedAnswer(form=form, attendee=attendee, said_at=at)
    answer.write({"diet": "vegan"} if attendee.pk % 3 == 0 else {})
    return answer
