"""What deal clinics still lack before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.groups.models import Grouping, Place
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.strategies.queries import handed_in

WITH_DEALS = Check(
    "clinics.deals",
    Phase.DURING,
    3,
    gettext_lazy("Guide: reps bring win strategies for one or two deals"),
    name=gettext_lazy("Deals for the clinics"),
)


@checks(WITH_DEALS)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: whoever sits in a released group has handed in a win strategy. Two queries."""
    places = Place.objects.filter(
        round__grouping__kickoff=kickoff,
        round__grouping__kind=Grouping.Kind.CLINIC,
        released_group__isnull=False,
        released_leads=False,
    )
    people = set(places.values_list("person_id", flat=True))
    if not people:
        return
    missing = len(people - set(handed_in(kickoff, people)))
    if not missing:
        yield Finding(WITH_DEALS, Severity.MET, _("Everybody brings a deal to their clinic."))
        return
    said = ngettext(
        "%(count)d of %(total)d people in clinics has handed in no win strategy.",
        "%(count)d of %(total)d people in clinics have handed in no win strategy.",
        missing,
    )
    yield Finding(
        WITH_DEALS,
        Severity.IMPROVE,
        said % {"count": missing, "total": len(people)},
        _("A group cannot work on a deal that it has not read."),
        _("Open the pre-work"),
        reverse("events:prework:board", args=[kickoff.slug]),
        1 - missing / len(people),
    )
