"""What begins for somebody within the hour, wherever they are: the panel of the bell."""

from datetime import datetime, timedelta

from django.urls import reverse

from agenda.sessions.queries.released import next_for
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.bell.hooks import SOON, Ahead

_DAY = timedelta(days=1)  # a kickoff that is on anywhere began within a day of UTC's date


def next_anywhere(person: Person, at: datetime) -> Ahead | None:
    """
    The first session that begins for a person within the hour, at a kickoff whose roster they are
    on. One SQL query, and two for each of their kickoffs that is on.
    """
    on = Kickoff.objects.shown_to_people().filter(
        attendees__person=person,
        starts_date__lte=(at + _DAY).date(),
        ends_date__gte=(at - _DAY).date(),
    )
    found = [(kickoff, next_for(person, kickoff, at).next) for kickoff in on]
    soon = [
        Ahead(
            title=session.title,
            where=session.where,
            starts_at=session.starts_at,
            zone=kickoff.zone,
            place=place_of(kickoff),
            url=reverse("agenda:sessions:released", args=[kickoff.slug, session.id]),
        )
        for kickoff, session in found
        if session is not None and session.starts_at - at <= SOON
    ]
    return min(soon, key=lambda one: one.starts_at, default=None)
