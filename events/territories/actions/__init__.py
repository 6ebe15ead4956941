"""Territories: drawn up, changed, moved between, proposed by the CRM, imported."""

from events.territories.actions.editing import (
    Details,
    create_territory,
    delete_territory,
    update_territory,
)
from events.territories.actions.following import follow_accounts
from events.territories.actions.importing import TerritoriesReport, import_territories
from events.territories.actions.moving import (
    Destinations,
    Expected,
    Moved,
    accept_proposals,
    move_accounts,
    refuse_stale,
)
from events.territories.actions.refusals import StaleMove, TerritoryRefused

__all__ = [
    "Destinations",
    "Details",
    "Expected",
    "Moved",
    "StaleMove",
    "TerritoriesReport",
    "TerritoryRefused",
    "accept_proposals",
    "create_territory",
    "delete_territory",
    "follow_accounts",
    "import_territories",
    "move_accounts",
    "refuse_stale",
    "update_territory",
]
