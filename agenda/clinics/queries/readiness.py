"""What deal clinics still lack before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.groups.models import Grouping, Place
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.prework.models import PreworkItem
from events.readiness.queries import counts_of, number_of
from events.strategies.models import Strategy

WITH_DEALS = Check(
    "clinics.deals",
    Phase.DURING,
    3,
    gettext_lazy("Guide: reps bring win strategies for one or two deals"),
    name=gettext_lazy("Deals for the clinics"),
)


def _counts(kickoff: Kickoff, at: datetime) -> dict[str, Coalesce]:
    """Who sits in a released group of a clinic, and who of them handed in a win strategy."""
    places = Place.objects.filter(
        round__grouping__kickoff=kickoff,
        round__grouping__kind=Grouping.Kind.CLINIC,
        released_leads=False,
    ).released()
    of_kickoff = PreworkItem.objects.not_withdrawn().filter(assignment__kickoff=kickoff)
    sent = Strategy.objects.filter(sent__isnull=False, item__in=of_kickoff)
    people, way = Count("person", distinct=True), "round__grouping__kickoff"
    return {
        "in_clinics": number_of(places, people, way),
        "in_clinics_with_deal": number_of(
            places.filter(person__in=sent.values("item__person")), people, way
        ),
    }


@checks(WITH_DEALS, counts=_counts)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: whoever sits in a released group has handed in a win strategy. No query of its own."""
    counts = counts_of(kickoff, at)
    people, missing = counts["in_clinics"], counts["in_clinics"] - counts["in_clinics_with_deal"]
    if not people:
        return
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
        said % {"count": missing, "total": people},
        _("A group cannot work on a deal that it has not read."),
        _("Open the pre-work"),
        reverse("events:prework:board", args=[kickoff.slug]),
        1 - missing / people,
    )
