from typing import Any

from django.db import models
from django.db.models import QuerySet

from people.accounts.models import Person
from people.activity.hooks import hold_back, show_own
from people.activity.models import Entry


def entries_about(person: Person) -> QuerySet[Entry]:
    """What was done to somebody's data, or seen of it, and they may know by now, newest first."""
    entries = Entry.objects.filter(subject=person).select_related("actor").order_by("-at", "-pk")
    for held_back in hold_back():
        entries = entries.exclude(held_back)
    return entries


def own_data(person: Person) -> dict[str, Any]:
    """What the product keeps of a person, by what it is: theirs to take with them."""
    account = {
        "full_name": person.full_name,
        "preferred_name": person.preferred_name,
        "email": person.email,
        "employee_id": person.employee_id,
        "job_title": person.job_title,
        "function": person.function,
        "role": person.role,
        "region": person.region.name if person.region else None,
        "team": person.team.name if person.team else None,
        "manager": person.manager.full_name if person.manager else None,
        "time_zone": person.time_zone,
        "country": person.country,
        "language": person.language,
        "hire_date": person.hire_date,
        "leave_date": person.leave_date,
        "joined_at": person.joined_at,
    }
    found: dict[str, Any] = {"account": account}
    for lists in show_own(person):
        found.update(lists)
    entries = entries_about(person).values("at", "verb", "note", "actor__full_name")
    return found | {"activity": list(entries)}


def entries_on(object: models.Model, verb: str = "") -> QuerySet[Entry]:
    """The trail of one thing, newest first: who opened this packet, with `packet.viewed`."""
    on = Entry.objects.filter(object_label=object._meta.label_lower, object_id=object.pk)
    if verb:
        on = on.filter(verb=verb)
    return on.select_related("actor").order_by("-at", "-pk")
