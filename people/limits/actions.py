from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from people.limits.models import Try
from people.limits.rules import LONGEST, Limit


@dataclass(frozen=True, slots=True)
class Counted:
    """A try that was counted; `is_within` its limits, itself included."""

    try_id: int
    is_within: bool


def count_try(*, digest: str, limits: Sequence[Limit], at: datetime) -> Counted:
    """
    Count a try at something, and say whether that was within all limits.

    The row is written before rows are counted, so of many tries at once no more than the limit
    are within it. Not to be called inside a transaction: a try counts whatever comes after it.
    """
    row = Try.objects.create(digest=digest, at=at)
    tries = Try.objects.filter(digest=digest)
    is_within = all(
        tries.filter(at__gt=at - limit.within).count() <= limit.tries for limit in limits
    )
    return Counted(row.pk, is_within)


def is_allowed(*, digest: str, limits: Sequence[Limit], at: datetime) -> bool:
    """
    Count a try, and say whether it may go on.

    One that may not is not counted: whoever goes on trying does not wait longer for it.
    """
    counted = count_try(digest=digest, limits=limits, at=at)
    if not counted.is_within:
        take_back(counted)
    return counted.is_within


def take_back(*tries: Counted) -> None:
    """Count some tries no more: they were right."""
    Try.objects.filter(pk__in=[counted.try_id for counted in tries]).delete()


def forget_old(at: datetime) -> dict[str, int]:
    """Drop tries that no limit looks back at."""
    gone, _by_model = Try.objects.filter(at__lte=at - LONGEST).delete()
    return {"forgotten": gone}
