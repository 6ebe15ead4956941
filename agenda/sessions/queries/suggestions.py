from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from core.finding import with_parts
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here

FEWEST_SIGNS, MOST_PEOPLE = 2, 10


def people_like(kickoff: Kickoff, text: str, at: datetime) -> list[str]:
    """
    People still here, on the roster or with a role, whose names and e-mail hold the parts of a
    text, each as `Name <e-mail>`.

    Ten at most, none for a text under two signs: one SQL query.
    """
    text = text.strip()
    if len(text) < FEWEST_SIGNS:
        return []
    on_roster = Attendee.objects.filter(kickoff=kickoff, person=OuterRef("pk"))
    asked = Person.objects.filter(here(at), Q(Exists(on_roster)) | ~Q(role=""))
    found = with_parts(asked, text, "full_name", "preferred_name", "email")
    people = found.order_by("full_name", "pk").values_list("full_name", "email")
    return [f"{name} <{email}>" for name, email in people[:MOST_PEOPLE]]
