"""Where an insight stands, in words: for its own pages, and for what points at one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.insights import rules
from agenda.insights.models import Insight, State
from core.ui import figures


@dataclass(frozen=True, slots=True)
class InWords:
    """
    An insight in words: its state with the shape that goes with it (`wait`, `part`, `done`, `late`),
    its owner's name, empty where it has none, and its page, which planners and the owner open.
    """

    id: int
    what: str
    state: str
    shape: str
    owner: str
    url: str


def in_words(insights: Collection[int], at: datetime) -> dict[int, InWords]:
    """
    Where some insights stand, by number; one that was put together with another stands where that
    one does. One query.
    """
    rows = Insight.objects.filter(pk__in=insights).select_related(
        "kickoff", "owner", "merged_into__owner"
    )
    return {row.pk: words_of(row, at) for row in rows}


def words_of(row: Insight, at: datetime) -> InWords:
    """An insight with its kickoff, owner and head, in words."""
    head = row.merged_into or row
    state, shape = state_of(head, row.kickoff.local_date(at))
    return InWords(
        id=head.pk,
        what=head.what,
        state=state,
        shape=shape,
        owner=head.owner.display_name if head.owner else "",
        url=reverse("agenda:insights:page", args=[row.kickoff.slug, head.pk]),
    )


def state_of(head: Insight, today: date) -> tuple[str, str]:
    """The state of a head in a few words, and its shape, on a day at the venue."""
    if head.state == State.ACTED:
        return head.change, "done"
    if head.state == State.ANSWERED:
        return _("answered"), "part"
    if head.state == State.DECLINED:
        return _("declined"), "wait"
    if head.state == State.NEW or head.owner_id is None or head.due_date is None:
        return _("without an owner"), "wait"
    late = rules.days_late(head.due_date, today, is_answered=False)
    if late:
        return ngettext("%(count)d day late", "%(count)d days late", late) % {"count": late}, "late"
    return _("due %(day)s") % {"day": figures.day(head.due_date)}, "wait"
