"""Verbs of quota planning."""

from events.packets.quotas.actions.hiring import RuleDetails, remove_rule, save_rule
from events.packets.quotas.actions.importing import ImportPlan, import_quotas, plan_import
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

__all__ = [
    "ImportPlan",
    "PersonDetails",
    "PlanDetails",
    "QuotaRefused",
    "Rate",
    "RuleDetails",
    "cascade_plan",
    "change_person",
    "create_plan",
    "import_quotas",
    "lock_plan",
    "plan_import",
    "remove_rule",
    "save_rule",
    "set_quota",
    "sync_currencies",
    "unlock_plan",
    "unpin_quota",
    "update_plan",
]
