"""The reps of a kickoff, as their packets name them."""

from events.attendance.models import Attendee
from events.attendance.queries import NO_REP
from events.kickoff.models import Kickoff
from events.packets.delivery.rules.content import Identity
from events.packets.delivery.rules.rows import Rep
from people.org.finding import Finder


def reps_of(kickoff: Kickoff) -> list[Rep]:
    """The reps on the roster of a kickoff, as their packets name them. One query."""
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    reps = reps.select_related("person__manager", "person__region")
    return [
        Rep(
            attendee.person_id,
            attendee.person.email,
            attendee.person.employee_id,
            Identity(
                name=attendee.person.full_name,
                job_title=attendee.person.job_title,
                manager=attendee.person.manager.full_name if attendee.person.manager else "",
                region=attendee.person.region.name if attendee.person.region else "",
            ),
        )
        for attendee in reps
    ]


def roster(kickoff: Kickoff) -> Finder[Rep]:
    """The reps of a kickoff, to be found by what a file calls them. One query."""
    finder: Finder[Rep] = Finder(NO_REP)
    for rep in reps_of(kickoff):
        finder.add(rep, rep.identity.name, email=rep.email, employee_id=rep.employee_id)
    return finder
