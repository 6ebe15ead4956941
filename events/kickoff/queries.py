from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse

from events.kickoff.hooks import Learned, find_learned
from events.kickoff.models import Kickoff, KickoffQuerySet
from people.accounts.models import Person
from people.org.queries import here
from people.waiting.rules import Place


def kickoffs_for(person: Person, at: datetime) -> KickoffQuerySet:
    """
    The kickoffs that a person may see, the latest first, each with `people_count`: who take part,
    as `attendance`, which stands above, counts them.

    Planners, RevOps and executives see all; others those on whose roster they are, once open.
    """
    everything = Kickoff.objects.all()
    if not (person.is_planner or person.is_revops or person.is_executive):
        mine = Kickoff.objects.shown_to_people().filter(attendees__person=person)
        everything = Kickoff.objects.filter(pk__in=mine.values("pk"))
    return everything.annotate(
        people_count=Count(
            "attendees",
            filter=here(at, "attendees__person") & ~Q(attendees__rsvp__in=("NO", "WAITING")),
        )
    ).order_by("-starts_date", "pk")


def copyable(target: Kickoff | None = None) -> KickoffQuerySet:
    """Kickoffs whose plan another one can take over, the latest first."""
    found = Kickoff.objects.order_by("-starts_date", "pk")
    return found.exclude(pk=target.pk) if target else found


def learned_of(kickoff: Kickoff, at: datetime) -> list[Learned]:
    """What a kickoff teaches, by capability; what is not known is left out."""
    return [learned for learned in find_learned(kickoff, at) if learned is not None]


def invented() -> Kickoff:
    """A kickoff that is not saved: for mails that are shown."""
    return Kickoff(
        pk=0,
        slug="open-lanes-fy27",
        name="Open Lanes FY27",
        fiscal_year="FY27",
        starts_date=date(2027, 2, 2),
        ends_date=date(2027, 2, 4),
        venue="Maassilo",
        city="Rotterdam",
        time_zone="Europe/Amsterdam",
        status=Kickoff.Status.OPEN,
    )


def place_of(kickoff: Kickoff) -> Place:
    """A kickoff as those see it who know no kickoffs: a label and the address of its first page."""
    return place(kickoff.slug, kickoff.name)


def place(slug: str, name: str) -> Place:
    """The same of a kickoff of which no more was read."""
    return Place(slug, name, reverse("kickoff_home", args=[slug]))
