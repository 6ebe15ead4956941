from django.db import models
from django.db.models import QuerySet

from people.accounts.models import Person
from people.activity.hooks import hold_back
from people.activity.models import Entry


def entries_about(person: Person) -> QuerySet[Entry]:
    """What was done to somebody's data, or seen of it, and they may know by now, newest first."""
    entries = Entry.objects.filter(subject=person).select_related("actor").order_by("-at", "-pk")
    for held_back in hold_back():
        entries = entries.exclude(held_back)
    return entries


def entries_on(object: models.Model, verb: str = "") -> QuerySet[Entry]:
    """The trail of one thing, newest first: who opened this packet, with `packet.viewed`."""
    on = Entry.objects.filter(object_label=object._meta.label_lower, object_id=object.pk)
    if verb:
        on = on.filter(verb=verb)
    return on.select_related("actor").order_by("-at", "-pk")
