"""What an ended kickoff still owes those who said something."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.insights.models import Insight, State
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff

OWNED = Check(
    "insights.owned",
    Phase.AFTER,
    2,
    gettext_lazy("Guide: sales and marketing bridge the gap"),
    name=gettext_lazy("Owners of insights"),
)


@checks(OWNED)
def check_insights(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: once the event is over, each insight has somebody who answers it. One query."""
    if at < kickoff.closes_at:
        return
    without = Q(state=State.NEW) | Q(state=State.OPEN, owner=None)
    heads = Insight.objects.heads().filter(kickoff=kickoff).order_by()
    counts = heads.aggregate(all=Count("pk"), unowned=Count("pk", filter=without))
    if not counts["all"]:
        return
    unowned = counts["unowned"]
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
        share=1 - unowned / counts["all"],
    )
