"""What the planner's home says of quotas: who has none. No figures, and no look at any."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.attendance.models import Attendee
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.packets.quotas.models import QuotaNode

GIVEN = Check(
    "quotas.given",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: a quota in every rep’s hands"),
    is_of_revops=True,
)


@checks(GIVEN)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    Reps whom the cascade has passed over, once there is a cascade. One query.

    Planners open no quotas, so that the finding names whom to ask and has no link.
    """
    given = QuotaNode.objects.filter(plan__kickoff=kickoff, person=OuterRef("person"))
    places = list(
        Attendee.objects.filter(kickoff=kickoff)
        .receiving_packets(at)
        .order_by()
        .annotate(is_given=Exists(given))
        .values_list("is_given", flat=True)
    )
    missing = places.count(False)
    if missing == len(places):
        return
    if not missing:
        yield Finding(GIVEN, Severity.MET, _("Each rep has a quota."))
        return
    text = ngettext("%(count)d rep has no quota.", "%(count)d reps have no quota.", missing)
    yield Finding(
        GIVEN,
        Severity.IMPROVE,
        text % {"count": missing},
        why=_("They joined after quotas were cascaded. Ask RevOps to cascade again."),
        share=1 - missing / len(places),
    )
