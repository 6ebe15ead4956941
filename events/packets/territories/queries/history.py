from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core.folding import alphabetical
from events.kickoff.models import Kickoff
from events.packets.territories.models import OwnershipChange, SalesTerritory
from events.packets.territories.queries.plan import Plan
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
    """What somebody moved last, so that it can be moved back; `sources` is where each came from."""

    sources: dict[int, SalesTerritory | None]
    target_id: int | None
    target_name: str

    def is_still_there(self, plan: Plan) -> bool:
        """Whether all of it is where the move put it."""
        wanted = (self.target_id,) if self.target_id else ()
        return all(
            pk in plan.holdings and plan.holdings[pk].territories == wanted for pk in self.sources
        )

    @property
    def came_from(self) -> list[str]:
        """The names of where they came from, each once; an empty one is nobody."""
        names = {source.name if source else "" for source in self.sources.values()}
        return sorted(names, key=alphabetical)


def last_move(kickoff: Kickoff, role: str, by: Person) -> LastMove | None:
    """
    A person's last change of a plan if it was a move to one territory or out of all; else None.

    None too where an account was taken from several owners, or from a territory that is deleted:
    there is no single place to move it back to.

    Two queries.
    """
    mine = OwnershipChange.objects.filter(kickoff=kickoff, role=role, by=by)
    latest = mine.first()
    if latest is None or latest.cause != OwnershipChange.Cause.MOVED:
        return None
    rows = list(mine.filter(at=latest.at).select_related("from_territory"))
    targets = {(row.to_territory_id, row.to_name) for row in rows}
    sources = {row.account_id: row.from_territory for row in rows}
    is_deleted = any(row.from_name and row.from_territory is None for row in rows)
    if len(targets) > 1 or len(sources) < len(rows) or is_deleted:
        return None
    return LastMove(sources, latest.to_territory_id, latest.to_name)
