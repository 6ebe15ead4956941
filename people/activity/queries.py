from django.db import models
from django.db.models import QuerySet

from people.accounts.models import Person
from people.activity.models import Entry


def entries_about(person: Person) -> QuerySet[Entry]:
    """What was done to somebody's data, or seen of it, newest first."""
    return Entry.objects.filter(subject=person).select_related("actor").order_by("-at", "-pk")


def entries_on(object: models.Model, verb: str = "") -> QuerySet[Entry]:
    """The trail of one thing, newest first: who opened this packet, with `packet.viewed`."""
    on = Entry.objects.filter(object_label=object._meta.label_lower, object_id=object.pk)
    if verb:
        on = on.filter(verb=verb)
    return on.select_related("actor").order_by("-at", "-pk")
