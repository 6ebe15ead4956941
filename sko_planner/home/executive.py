"""What an executive sponsor sees of a kickoff: one page of pictures, and no figure of pay."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui import figures
from core.ui.charts import Bar, BarsChart, LineChart
from events.attendance.queries import Headcounts
from events.kickoff.models import Kickoff
from reinforcement.assessments.queries import retention, retention_chart
from reinforcement.campaigns.queries import Counts, campaign_counts


@dataclass(frozen=True, slots=True)
class After:
    """What the 90 days have left: the curve from the second check on, and what was done."""

    retention: LineChart | None
    follow_ups: BarsChart | None


def roster_chart(people: Headcounts) -> BarsChart | None:
    """Who comes, of all on the roster; None while it is empty."""
    if not people.total:
        return None
    bars = [
        Bar(_("Coming"), people.coming, figures.number(people.coming)),
        Bar(_("Not answered"), people.pending, figures.number(people.pending)),
        Bar(_("Not coming"), people.declined, figures.number(people.declined)),
    ]
    if people.checked_in:
        bars.append(Bar(_("Checked in"), people.checked_in, figures.number(people.checked_in)))
    if people.checked_in:
        count, of = people.checked_in, people.taking_part
        title = ngettext(
            "%(count)s of %(of)s person has checked in",
            "%(count)s of %(of)s people have checked in",
            of,
        )
    else:
        count, of = people.coming, people.total
        title = ngettext(
            "%(count)s of %(of)s person is coming", "%(count)s of %(of)s people are coming", of
        )
    return BarsChart(
        title=title % {"count": figures.number(count), "of": figures.number(of)},
        unit=_("Everybody on the roster, by their answer to the invitation."),
        bars=bars,
        heads=(_("Answer"), _("People")),
        total=people.total,
    )


def after_of(kickoff: Kickoff, at: datetime) -> After:
    """The pictures of the 90 days; two queries."""
    return After(
        retention=retention_chart(retention(kickoff)),
        follow_ups=follow_ups_chart(campaign_counts(kickoff, at)),
    )


def follow_ups_chart(counts: dict[int, Counts]) -> BarsChart | None:
    """What was done of what has come due, by checkpoint; None before anything is due."""
    reached = {day: count for day, count in counts.items() if count.due}
    if not reached:
        return None
    total = sum(reached.values(), Counts())
    values = {"done": figures.number(total.done), "due": figures.number(total.due)}
    title = _("%(done)s of %(due)s follow-ups that came due are done") % values
    if total.overdue:
        title += ngettext("; %(late)s is late", "; %(late)s are late", total.overdue) % {
            "late": figures.number(total.overdue)
        }
    return BarsChart(
        title=title,
        unit=_("Share done of what has come due since the checkpoint before."),
        bars=[
            Bar(
                _("Up to day %(day)s") % {"day": day},
                min(count.done / count.due, 1),
                figures.percent(min(count.done / count.due, 1)),
                _("%(done)s of %(due)s")
                % {"done": figures.number(count.done), "due": figures.number(count.due)},
            )
            for day, count in reached.items()
        ],
        heads=(_("Checkpoint"), _("Done")),
        total=1,
    )
