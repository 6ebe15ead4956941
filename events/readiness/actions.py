"""Waive a check for a while, and keep the score of each week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.kickoff.hooks import findings
from events.kickoff.models import Kickoff
from events.readiness.models import OwnThreshold, Waiver, WeeklyScore
from events.readiness.queries import readiness_of
from events.readiness.rules import tuesday_of
from people.accounts.models import Person
from people.activity.actions import record_entry

LONGEST = timedelta(days=90)
AFTER = timedelta(days=91)  # the score is kept until the 90 days are over


class WaiverRefused(Exception):
    """Nothing was waived. The message is fit to show."""


class ThresholdRefused(Exception):
    """The number stays as it is. The message is fit to show."""


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


@transaction.atomic
def set_threshold(
    *, kickoff: Kickoff, key: str, value: int, reason: str, by: Person, at: datetime
) -> None:
    """
    Hold a check against another number at this kickoff, and say why. The default again is no number
    of its own; the trail keeps each change with its reason.

    :raises ThresholdRefused: no reason, a check without a threshold, or a number outside its limits
    """
    if not reason.strip():
        raise ThresholdRefused(_("Say why: your sponsor reads it."))
    known = {one.check.key: one.check.threshold for one in findings(kickoff, at)}
    threshold = known.get(key)
    if threshold is None:
        raise ThresholdRefused(_("This check asks for no number."))
    if not threshold.low <= value <= threshold.high:
        said = _("Choose from %(low)s to %(high)s.")
        worded = {"low": threshold.worded(threshold.low), "high": threshold.worded(threshold.high)}
        raise ThresholdRefused(said % worded)
    if value == threshold.default:
        OwnThreshold.objects.filter(kickoff=kickoff, check_key=key).delete()
    else:
        kept = {"value": value, "reason": reason.strip(), "by": by, "made_at": at}
        OwnThreshold.objects.update_or_create(kickoff=kickoff, check_key=key, defaults=kept)
    note = f"{threshold.said(value)}: {reason.strip()}"
    record_entry(by=by, verb="readiness.threshold_set", at=at, object=kickoff, note=note)


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
