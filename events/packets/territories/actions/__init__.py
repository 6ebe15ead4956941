"""Territories: drawn up, changed, moved between, proposed by the CRM, imported."""

from events.packets.territories.actions.editing import (
    Details,
    create_territory,
    delete_territory,
    update_territory,
)
from events.packets.territories.actions.following import follow_accounts
from events.packets.territories.actions.importing import TerritoriesReport, import_territories
from events.packets.territories.actions.moving import (
    Moved,
    accept_proposals,
    move_accounts,
    refuse_stale,
)
from events.packets.territories.actions.refusals import StaleMove, TerritoryRefused
