from dataclasses import dataclass

from django.db.models import Q, QuerySet

from events.kickoff.models import Kickoff
from events.territories.models import OwnershipChange, SalesTerritory
from events.territories.queries.plan import Plan
from people.accounts.models import Person


def history_of(
    kickoff: Kickoff, *, territory_id: int | None = None, account_id: int | None = None
) -> QuerySet[OwnershipChange]:
    """Every change of ownership at a kickoff, or those of one territory or account; latest first."""
    changes = OwnershipChange.objects.filter(kickoff=kickoff).select_related(
        "account", "from_owner", "to_owner", "by"
    )
    if territory_id is not None:
        changes = changes.filter(Q(from_territory=territory_id) | Q(to_territory=territory_id))
    if account_id is not None:
        changes = changes.filter(account=account_id)
    return changes


def recent_changes(
    kickoff: Kickoff,
    *,
    territory_id: int | None = None,
    account_id: int | None = None,
    limit: int = 10,
) -> list[OwnershipChange]:
    """The latest of them. One query."""
    return list(history_of(kickoff, territory_id=territory_id, account_id=account_id)[:limit])


@dataclass(frozen=True)
class LastMove:
    """What somebody moved last, so that it can be moved back; `source` is where it came from."""

    account_ids: list[int]
    source: SalesTerritory | None
    target_id: int | None
    target_name: str

    def is_still_there(self, plan: Plan) -> bool:
        """Whether all of it is where the move put it."""
        wanted = (self.target_id,) if self.target_id else ()
        return all(
            pk in plan.holdings and plan.holdings[pk].territories == wanted
            for pk in self.account_ids
        )


def last_move(kickoff: Kickoff, role: str, by: Person) -> LastMove | None:
    """
    A person's last change of a plan if it was a move from one place to one other; else None.

    Two queries.
    """
    mine = OwnershipChange.objects.filter(kickoff=kickoff, role=role, by=by)
    latest = mine.first()
    if latest is None or latest.cause != OwnershipChange.Cause.MOVED:
        return None
    rows = list(mine.filter(at=latest.at).select_related("from_territory"))
    sources = {(row.from_territory_id, row.from_name) for row in rows}
    targets = {(row.to_territory_id, row.to_name) for row in rows}
    ids = [row.account_id for row in rows]
    if len(sources) > 1 or len(targets) > 1 or len(set(ids)) < len(ids):
        return None
    if latest.from_name and latest.from_territory_id is None:
        return None  # where it came from is deleted
    return LastMove(ids, rows[0].from_territory, latest.to_territory_id, latest.to_name)
