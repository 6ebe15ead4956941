from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here

FEWEST_SIGNS, MOST_PEOPLE = 2, 10


def people_like(kickoff: Kickoff, text: str, at: datetime) -> list[str]:
    """
    People still here, on the roster or with a role, whose name or e-mail holds a text, each as
    `Name <e-mail>`.

    Ten at most, none for a text under two signs: one SQL query.
    """
    text = text.strip()
    if len(text) < FEWEST_SIGNS:
        return []
    on_roster = Attendee.objects.filter(kickoff=kickoff, person=OuterRef("pk"))
    found = Person.objects.filter(
        here(at),
        Q(Exists(on_roster)) | ~Q(role=""),
        Q(full_name__icontains=text) | Q(preferred_name__icontains=text) | Q(email__icontains=text),
    )
    people = found.order_by("full_name", "pk").values_list("full_name", "email")
    return [f"{name} <{email}>" for name, email in people[:MOST_PEOPLE]]
