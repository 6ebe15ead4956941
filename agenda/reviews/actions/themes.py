"""What several deals say together, with an owner who answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.insights.actions import InsightRefused, send_insight
from agenda.insights.models import Insight
from agenda.insights.rules import MOST_HEARD
from agenda.reviews.actions.refusals import ReviewRefused
from agenda.reviews.models import Theme
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from people.activity.actions import record_entry

_SENT = UUID("0c7f3a52-5a53-4be1-9a4c-6f1f6f0f52a1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a theme says, of which reason, in which deals, and what teaches it."""

    words: str
    reason: str
    deals: Sequence[Opportunity]
    topic: Topic | None = None


@transaction.atomic
def keep_theme(
    *, kickoff: Kickoff, said: Said, by: Person, at: datetime, theme: Theme | None = None
) -> Theme:
    """
    Write down a theme, or change one.

    :raises ReviewRefused: no deal says it, or it stands there already
    """
    if not said.deals:
        raise ReviewRefused(_("Tick the deals that say it: a theme of no deal is an opinion."))
    kept = theme or Theme(kickoff=kickoff)
    kept.words, kept.reason, kept.topic = said.words.strip(), said.reason, said.topic
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise ReviewRefused(_("This theme stands there already. Change that one.")) from error
    kept.deals.set(said.deals)
    verb = "review.theme_changed" if theme else "review.theme_added"
    record_entry(by=by, verb=verb, at=at, object=kept, note=kept.words)
    return kept


@transaction.atomic
def send_theme(*, theme: Theme, by: Person, at: datetime) -> Insight:
    """
    Make a theme an insight, for a planner to give an owner. No word of a buyer goes with it, since
    they may still take it back. Twice is as once.

    :raises ReviewRefused: there are as many insights as anybody can read
    """
    deals = theme.deals.count()
    said = ngettext(
        "%(count)d deal says it: %(reason)s.", "%(count)d deals say it: %(reason)s.", deals
    )
    try:
        made = send_insight(
            kickoff=theme.kickoff,
            session=None,
            what=theme.words,
            evidence=said % {"count": deals, "reason": theme.reason_words},
            heard=min(max(deals, 1), MOST_HEARD),
            by=by,
            at=at,
            key=uuid5(_SENT, str(theme.pk)),
        )
    except InsightRefused as refusal:
        raise ReviewRefused(str(refusal)) from refusal
    Theme.objects.filter(pk=theme.pk).update(insight=made)
    return made


@transaction.atomic
def drop_theme(*, theme: Theme, by: Person, at: datetime) -> None:
    """Take a theme away; what became of it elsewhere stays."""
    record_entry(by=by, verb="review.theme_dropped", at=at, object=theme, note=theme.words)
    theme.delete()
