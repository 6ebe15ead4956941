from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from events.attendance.models import Attendee, AttendeeQuerySet
from events.attendance.rules.planned import Known
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.finding import Finder
from people.org.models import Region, Team
from people.org.queries import here

NO_REP = gettext_lazy("“%(name)s” is no rep on this roster, by e-mail, employee id or name.")


def company() -> list[Known]:
    """Everybody in the company, as far as a roster file may touch them: one query."""
    people = Person.objects.order_by("pk").values(
        "pk",
        "email",
        "full_name",
        "preferred_name",
        "employee_id",
        "job_title",
        "function",
        "manager_id",
        "time_zone",
        "country",
        "subdivision",
        "language",
        "hire_date",
        "leave_date",
        "is_active",
        "is_staff",
        "is_superuser",
        "role",
        "region__name",
        "team__name",
    )
    return [
        Known(
            pk=person["pk"],
            email=person["email"],
            full_name=person["full_name"],
            preferred_name=person["preferred_name"],
            employee_id=person["employee_id"],
            manager_id=person["manager_id"],
            function=person["function"],
            is_active=person["is_active"],
            is_privileged=bool(person["role"] or person["is_staff"] or person["is_superuser"]),
            stored=person | {"region": person["region__name"], "team": person["team__name"]},
        )
        for person in people
    ]


def reps_by_name(kickoff: Kickoff) -> Finder[int]:
    """The numbers of the reps on a roster, to be found by what a file calls them. One query."""
    finder: Finder[int] = Finder(NO_REP)
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    for pk, name, email, employee_id in reps.values_list(
        "person_id", "person__full_name", "person__email", "person__employee_id"
    ):
        finder.add(pk, name, email=email, employee_id=employee_id)
    return finder


def to_invite(kickoff: Kickoff, at: datetime) -> AttendeeQuerySet:
    """Those on the roster who have had no invitation and given no answer, and are still here."""
    waiting = Attendee.objects.filter(kickoff=kickoff, invited_at=None, answered_at=None)
    return waiting.filter(here(at, "person")).select_related("person")


def roster(kickoff: Kickoff) -> QuerySet[Attendee]:
    """Everybody on a roster with what its list shows."""
    return Attendee.objects.filter(kickoff=kickoff).select_related(
        "person__region", "person__team", "person__manager"
    )


def answers(kickoff: Kickoff, at: datetime) -> dict[str, int]:
    """How many are on the roster, come, do not come, have not answered, wait for an invitation."""
    return Attendee.objects.filter(kickoff=kickoff).aggregate(
        total=Count("pk"),
        coming=Count("pk", filter=Q(rsvp=Attendee.Rsvp.YES)),
        declined=Count("pk", filter=Q(rsvp=Attendee.Rsvp.NO)),
        pending=Count("pk", filter=Q(rsvp=Attendee.Rsvp.PENDING)),
        to_invite=Count("pk", filter=Q(here(at, "person"), invited_at=None, answered_at=None)),
    )


def regions(kickoff: Kickoff) -> list[tuple[int, str]]:
    """The regions of the people on a roster, for a filter."""
    there = Region.objects.filter(_on_roster(kickoff, "person__region"))
    return list(there.values_list("pk", "name"))


def teams(kickoff: Kickoff) -> list[tuple[int, str]]:
    """The teams of the people on a roster, for a filter."""
    there = Team.objects.filter(_on_roster(kickoff, "person__team"))
    return list(there.values_list("pk", "name"))


def _on_roster(kickoff: Kickoff, place: str) -> Exists:
    return Exists(Attendee.objects.filter(kickoff=kickoff, **{place: OuterRef("pk")}))
