"""The 90 days on the homes of planners and executives: what people keep, what is late, what is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.minute import for_a_minute
from core.ui import figures
from core.ui.charts import Bar, BarsChart, LineChart
from events.kickoff.models import Kickoff
from reinforcement.assessments.queries import retention, retention_chart
from reinforcement.campaigns.queries import Counts, Progress, campaign_counts, progress
from reinforcement.touches.queries import LateTeam, late_by_manager

TEAMS_SHOWN, SENDS_SHOWN = 6, 5


@dataclass(frozen=True, slots=True)
class After:
    """What the 90 days have left: the curve from the second check on, and what was done."""

    retention: LineChart | None
    follow_ups: BarsChart | None


@dataclass(frozen=True, slots=True)
class Drive:
    """What keeps the 90 days going: whose teams are late, and what is sent next."""

    teams: Sequence[LateTeam]
    more_teams: int
    late: int
    sends: Sequence[Progress]
    has_plan: bool


@for_a_minute
def after_of(kickoff: Kickoff, at: datetime) -> After:
    """The pictures of the 90 days; two queries."""
    return After(
        retention=retention_chart(retention(kickoff)),
        follow_ups=follow_ups_chart(campaign_counts(kickoff, at)),
    )


@for_a_minute
def drive_of(kickoff: Kickoff, at: datetime) -> Drive:
    """Late follow-ups by manager and the next sends; seven queries."""
    teams = late_by_manager(kickoff, at)
    rows = progress(kickoff, at)
    ahead = [row for row in rows if row.date >= kickoff.local_date(at)]
    return Drive(
        teams=teams[:TEAMS_SHOWN],
        more_teams=len(teams[TEAMS_SHOWN:]),
        late=sum(team.late for team in teams),
        sends=sorted(ahead, key=lambda row: row.date)[:SENDS_SHOWN],
        has_plan=bool(rows),
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
