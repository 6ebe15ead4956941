"""What an ended kickoff still owes those who said something."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.insights.models import Insight
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.readiness.queries import counts_of, number_of

OWNED = Check(
    "insights.owned",
    Phase.AFTER,
    2,
    gettext_lazy("Guide: sales and marketing bridge the gap"),
    name=gettext_lazy("Owners of insights"),
)


def _counts(kickoff: Kickoff, at: datetime) -> dict[str, Coalesce]:
    """How many insights stand for themselves, and how many of them nobody is to answer."""
    insights = Insight.objects.filter(kickoff=kickoff)
    return {
        "insights": number_of(insights.heads()),
        "insights_unowned": number_of(insights.unowned()),
    }


@checks(OWNED, counts=_counts)
def check_insights(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: once the event is over, each insight has somebody who answers it. No query of its own."""
    counts = counts_of(kickoff, at)
    total, unowned = counts["insights"], counts["insights_unowned"]
    if at < kickoff.closes_at or not total:
        return
    if not unowned:
        yield Finding(OWNED, Severity.MET, _("Each insight has an owner."))
        return
    text = ngettext("%(count)d insight has no owner.", "%(count)d insights have no owner.", unowned)
    yield Finding(
        OWNED,
        Severity.IMPROVE,
        text % {"count": unowned},
        why=_("Who was in the room waits for an answer that nobody is asked for."),
        mend_label=_("Give them owners"),
        mend_url=f"{reverse('agenda:insights:board', args=[kickoff.slug])}?state=NEW",
        share=1 - unowned / total,
    )
