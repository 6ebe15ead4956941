from datetime import datetime, timedelta

from django.db import models, transaction

from people.accounts.models import Person
from people.activity.actions import record_entry
from people.activity.queries import entries_on

VISIT = timedelta(minutes=15)  # looks within this long of each other are one visit


@transaction.atomic
def record_look(*, at_what: models.Model, rep: Person, by: Person, verb: str, at: datetime) -> bool:
    """
    Record in the rep's trail that somebody else opened their thread or wish, once a visit.

    The rep's own look is not recorded. Returns whether it was.
    """
    if by.pk == rep.pk:
        return False
    if entries_on(at_what, verb).filter(actor=by, at__gt=at - VISIT, at__lte=at).exists():
        return False
    record_entry(by=by, verb=verb, at=at, subject=rep, object=at_what)
    return True
