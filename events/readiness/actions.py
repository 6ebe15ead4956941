"""Waive a check for a while, and keep the score of each week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.kickoff.hooks import findings
from events.kickoff.models import Kickoff
from events.readiness.models import Waiver, WeeklyScore
from events.readiness.queries import readiness_of
from events.readiness.rules import tuesday_of
from people.accounts.models import Person
from people.activity.actions import record_entry

LONGEST = timedelta(days=90)
AFTER = timedelta(days=91)  # the score is kept until the 90 days are over


class WaiverRefused(Exception):
    """Nothing was waived. The message is fit to show."""


@transaction.atomic
def waive(
    *, kickoff: Kickoff, key: str, reason: str, until: date, by: Person, at: datetime
) -> Waiver:
    """
    Let a check that needs somebody ask nobody until a day, and say why. It gives no points. A new
    waiver takes the place of the one before.

    :raises WaiverRefused: no reason, a day that is over or more than 90 days ahead, or a check that
        needs nobody
    """
    today = kickoff.local_date(at)
    if not reason.strip():
        raise WaiverRefused(_("Say why: your sponsor reads it."))
    if not today <= until <= today + LONGEST:
        raise WaiverRefused(_("Choose a day from today on, within 90 days."))
    asking = {one.check.key for one in findings(kickoff, at) if one.severity.needs_somebody}
    if key not in asking:
        raise WaiverRefused(_("This check needs nobody now. Look at the page again."))
    waiver, _made = Waiver.objects.update_or_create(
        kickoff=kickoff,
        check_key=key,
        defaults={"reason": reason.strip(), "until_date": until, "by": by, "made_at": at},
    )
    record_entry(by=by, verb="readiness.waived", at=at, object=kickoff, note=reason.strip())
    return waiver


@transaction.atomic
def end_waiver(*, kickoff: Kickoff, key: str, by: Person, at: datetime) -> None:
    """Let a check ask again. Twice is as once."""
    if Waiver.objects.filter(kickoff=kickoff, check_key=key).delete()[0]:
        record_entry(by=by, verb="readiness.waiver_ended", at=at, object=kickoff)


def keep_scores(at: datetime) -> dict[str, int]:
    """
    The part of the tick: keep the score of each kickoff, once from each Tuesday
    on at the venue. Twice is as once; after a week without a tick the next Tuesday is kept.
    """
    kept = 0
    for kickoff in Kickoff.objects.exclude(status=Kickoff.Status.ARCHIVED).filter(
        ends_date__gte=(at - AFTER).date()
    ):
        week = tuesday_of(kickoff.local_date(at))
        scores = WeeklyScore.objects.filter(kickoff=kickoff)
        if scores.filter(week_date__gte=week).exists():
            continue
        kept += keep_score(kickoff=kickoff, week=week, at=at)
    return {"kept": kept}


def keep_score(*, kickoff: Kickoff, week: date, at: datetime) -> bool:
    """Keep how ready a kickoff is for a week; return whether it was the first to."""
    ready = readiness_of(kickoff, at)
    _score, made = WeeklyScore.objects.get_or_create(
        kickoff=kickoff,
        week_date=week,
        defaults={
            "score": ready.score,
            "points": {
                one.finding.check.key: [one.earned, one.finding.text] for one in ready.judged
            },
        },
    )
    return made
