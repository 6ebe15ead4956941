"""How receipts came in over time, and how long there is to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui import figures
from core.ui.charts import LineChart, Point, Tick

MINUTES_BELOW = timedelta(hours=1)
HOURS_BELOW = timedelta(hours=48)
# A curve of fewer moments is told by the hour, of more by the day
HOURLY_BELOW = timedelta(days=4)
TICKS = 6


def to_go(until: datetime, at: datetime) -> str:
    """The time left in the one unit that tells it: “3 days to go”, “5 h to go”; empty once over."""
    left = until - at
    if left <= timedelta(0):
        return ""
    if left < MINUTES_BELOW:
        return _("%(count)d min to go") % {"count": max(left // timedelta(minutes=1), 1)}
    if left < HOURS_BELOW:
        return _("%(count)d h to go") % {"count": left // timedelta(hours=1)}
    days = left // timedelta(days=1)
    return ngettext("%(count)d day to go", "%(count)d days to go", days) % {"count": days}


def over_time(
    signed: Sequence[datetime], *, of: int, zone: tzinfo, until: datetime
) -> LineChart | None:
    """
    How the receipts came in: the sum of those signed by each hour, or by each day where they came
    over four days or more. `of` reps are to sign. None before there are two moments to join.
    """
    moments = sorted(moment.astimezone(zone) for moment in signed)
    if not moments:
        return None
    hourly = moments[-1] - moments[0] < HOURLY_BELOW
    steps = Counter(_step(moment, hourly=hourly) for moment in moments)
    now = _step(until.astimezone(zone), hourly=hourly)
    first = min(steps)
    span = timedelta(hours=1) if hourly else timedelta(days=1)
    # It begins where nobody had signed, and goes on to now
    corners, total = [(first - span, 0)], 0
    for step in sorted(steps):
        total += steps[step]
        corners.append((step, total))
    if now > corners[-1][0]:
        corners.append((now, total))
    best, count = max(steps.items(), key=lambda item: (item[1], item[0]))
    return LineChart(
        title=_best(best, count, len(moments), hourly=hourly),
        unit=ngettext(
            "Receipts signed, of %(of)s rep, in the time of the event.",
            "Receipts signed, of %(of)s reps, in the time of the event.",
            of,
        )
        % {"of": figures.number(of)},
        points=[Point(_x(*corners[-1]), total, figures.number(total), mine=True)],
        curve=[(_x(*corner), corner[1]) for corner in corners],
        ticks=_ticks([moment for moment, _total in corners], hourly=hourly),
        heads=(_("Until the end of") if not hourly else _("Until"), _("Signed")),
        rows=[(_name(moment, hourly=hourly), figures.number(count)) for moment, count in corners],
        y_format=_whole,
        y_to=max(of, total),
    )


def _whole(count: float) -> str:
    return figures.number(round(count))


def _step(moment: datetime, *, hourly: bool) -> datetime:
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return whole + timedelta(hours=1) if hourly else whole.replace(hour=0)


def _x(moment: datetime, _total: int) -> float:
    return moment.timestamp()


def _name(moment: datetime, *, hourly: bool) -> str:
    return figures.moment(moment, moment.tzinfo) if hourly else figures.day(moment.date())


def _ticks(moments: Sequence[datetime], *, hourly: bool) -> list[Tick]:
    first, last = moments[0], moments[-1]
    gap = (last - first) / (TICKS - 1)
    unit = timedelta(hours=1) if hourly else timedelta(days=1)
    every = max(-(-gap // unit), 1) * unit
    found, at, day = [], first, ""
    while at <= last:
        today = figures.day(at.date())
        label = figures.clock(at, at.tzinfo) if hourly else today
        found.append(Tick(at.timestamp(), label, today if hourly and today != day else ""))
        at, day = at + every, today
    return found


def _best(best: datetime, count: int, total: int, *, hourly: bool) -> str:
    facts = {"count": figures.number(count), "total": figures.number(total)}
    if hourly:
        facts |= {
            "day": figures.day(best.date()),
            "from": figures.clock(best - timedelta(hours=1), best.tzinfo),
            "to": figures.clock(best, best.tzinfo),
        }
        return (
            ngettext(
                "%(count)s of %(total)s signed between %(from)s and %(to)s on %(day)s",
                "%(count)s of %(total)s signed between %(from)s and %(to)s on %(day)s",
                count,
            )
            % facts
        )
    facts["day"] = figures.day(best.date())
    return (
        ngettext(
            "%(count)s of %(total)s signed on %(day)s, the most of any day",
            "%(count)s of %(total)s signed on %(day)s, the most of any day",
            count,
        )
        % facts
    )
