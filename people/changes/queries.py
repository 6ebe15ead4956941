"""What waits for RevOps before it opens anything: new managers, new addresses, new RevOps, returns."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from core.once import once
from people.accounts.models import AddressChange, ManagerChange, Person, ReturnChange, RoleChange


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that one import asked for at once. `change_id` is of one of them."""

    change_id: int
    source: str
    asked_by: str
    asked_at: datetime
    count: int


def new_managers() -> QuerySet[Person]:
    """People whose manager waits, with both managers and who asked. One query."""
    people: QuerySet[Person] = Person.objects.with_new_manager().select_related(
        "manager", "confirmed_manager", "manager_change__asked_by"
    )
    return people


def batches() -> list[Batch]:
    """The imports of which more than one change waits, the latest first. One query."""
    rows = (
        ManagerChange.objects.exclude(source="")
        .order_by()
        .values("source", "asked_by__full_name", "asked_at")
        .annotate(change_id=Min("pk"), count=Count("pk"))
        .filter(count__gt=1)
        .order_by("-asked_at")
    )
    return [
        Batch(
            row["change_id"],
            row["source"],
            row["asked_by__full_name"] or "",
            row["asked_at"],
            row["count"],
        )
        for row in rows
    ]


def changes_of_batch(change_id: int) -> dict[int, int]:
    """Whose manager, and which, the import of a change asked for; none once it is decided."""
    change = ManagerChange.objects.filter(pk=change_id).exclude(source="").first()
    if change is None:
        return {}
    together = ManagerChange.objects.filter(
        asked_at=change.asked_at, asked_by=change.asked_by, source=change.source
    )
    waiting = Person.objects.with_new_manager().filter(manager_change__in=together)
    return dict(waiting.values_list("pk", "manager_id"))


def new_addresses() -> QuerySet[AddressChange]:
    """The addresses that wait for the old one or RevOps, the latest first. One query."""
    return AddressChange.objects.select_related("person", "asked_by").order_by("-asked_at", "pk")


def new_revops() -> QuerySet[RoleChange]:
    """Those who are to be RevOps, the latest first. One query."""
    return RoleChange.objects.select_related("person", "asked_by").order_by("-asked_at", "pk")


def returning() -> QuerySet[ReturnChange]:
    """Those who had left and are to be back, the latest first. One query."""
    changes = ReturnChange.objects.select_related("person__manager", "asked_by")
    return changes.order_by("-asked_at", "pk")


@once
def waiting_since() -> tuple[int, datetime | None]:
    """How many changes wait for RevOps, and since when the first of them does. One query."""
    managers = Person.objects.with_new_manager().order_by().values_list("manager_change__asked_at")
    addresses = AddressChange.objects.order_by().values_list("asked_at")
    roles = RoleChange.objects.order_by().values_list("asked_at")
    back = ReturnChange.objects.order_by().values_list("asked_at")
    moments = [moment for (moment,) in managers.union(addresses, roles, back, all=True)]
    # Who was put under a manager before anybody kept who asked for it has no moment
    return len(moments), min((moment for moment in moments if moment), default=None)
