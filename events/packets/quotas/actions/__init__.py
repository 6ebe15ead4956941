"""Verbs of quota planning."""

from events.packets.quotas.actions.hiring import RuleDetails, remove_rule, save_rule
from events.packets.quotas.actions.importing import import_quotas, plan_import
from events.packets.quotas.actions.people import (
    PersonDetails,
    change_person,
    set_quota,
    sync_currencies,
    unpin_quota,
)
from events.packets.quotas.actions.planning import (
    PlanDetails,
    QuotaRefused,
    Rate,
    cascade_plan,
    create_plan,
    lock_plan,
    unlock_plan,
    update_plan,
)
