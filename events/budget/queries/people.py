"""Who may own money, and for how many a budget is."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here


def possible_owners(at: datetime) -> QuerySet[Person]:
    """Who may be given money to answer for: everybody still here but those who sell or visit."""
    busy = [Person.Function.SALES, Person.Function.SALES_ENGINEERING, Person.Function.GUEST]
    people: QuerySet[Person] = Person.objects.filter(here(at))
    return people.filter(~Q(function__in=busy) | ~Q(role="")).order_by("full_name", "pk")


def suggested_drivers(kickoff: Kickoff, at: datetime) -> dict[str, int]:
    """
    Guests, reps, nights and rooms as the roster and the dates have them: whoever has not said no,
    and waits for no place, comes, the evening before the first day. One query.
    """
    coming = Attendee.objects.filter(here(at, "person"), kickoff=kickoff).exclude(
        rsvp__in=("NO", "WAITING")
    )
    counts = coming.aggregate(heads=Count("pk"), reps=Count("pk", filter=Q(kind="REP")))
    return {**counts, "nights": len(kickoff.days), "rooms": 1}
