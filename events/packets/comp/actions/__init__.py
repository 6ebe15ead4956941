"""Comp plans, what titles and persons are paid, and the terms: every change of them."""

from events.packets.comp.actions.paying import (
    OwnComp,
    TitlePay,
    clear_override,
    import_comp,
    override_comp,
    plan_import,
    set_title,
)
from events.packets.comp.actions.plans import PlanDetails, copy_plan, delete_plan, save_plan
from events.packets.comp.actions.refusals import ChangedMeanwhile, CompRefused
from events.packets.comp.actions.terms import change_terms, delete_terms, draft_terms, publish_terms
