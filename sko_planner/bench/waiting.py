"""The waiting list of an event that holds nine of ten."""

from events.attendance.models import Attendee
from sko_planner.bench.measure import Figures
from sko_planner.bench.place import PEOPLE, Place, Row, page

WAITING = PEOPLE // 10


def seen(place: Place) -> Figures:
    """The planner's list, with 500 who wait; last, as all that is planned leaves them out."""
    seats = Attendee.objects.filter(kickoff=place.large).order_by("-pk")[:WAITING]
    Attendee.objects.filter(pk__in=list(seats.values_list("pk", flat=True))).update(
        rsvp=Attendee.Rsvp.WAITING, answered_at=place.now, checked_in_at=None
    )
    return page(place.planner, "events:attendance:waiting", place.large)


LIST = Row("waiting list, 500 of 5,000 people", seen, Figures(queries=15, times=75, db_share=1))
