"""What an executive sponsor sees of a kickoff: one page of pictures, and no figure of pay."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.insights.models import Insight
from agenda.insights.queries import Summary, summary_of
from core.minute import for_a_minute
from core.ui import figures
from core.ui.charts import Bar, BarsChart
from events.attendance.queries import Headcounts
from events.kickoff.models import Kickoff
from reinforcement.coaching.queries import Coaching, who_coaches


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


@for_a_minute
def coaching_of(kickoff: Kickoff, at: datetime) -> Coaching:
    """How many managers coach, at any kickoff. One query."""
    return who_coaches(kickoff, at)


@for_a_minute
def heard_at(kickoff: Kickoff, at: datetime) -> Summary:
    """What the field heard and what came of it: counts by function. One query."""
    return summary_of(Insight.objects.heads().filter(kickoff=kickoff), kickoff, at)
