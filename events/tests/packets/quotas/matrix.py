"""Who gets an answer at which URL of quotas: RevOps alone."""

from core.tests.access import REVOPS, Row, slug
from events.tests.packets.quotas.factories import (
    NewHireRuleFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
)


def prepare(world):
    plan = QuotaPlanFactory(kickoff=world.kickoff)
    world.things["quota_plan"] = plan
    world.things["quota_rule"] = NewHireRuleFactory(plan=plan)
    for role in ("manager", "other_manager", "rep", "peer"):
        QuotaNodeFactory(plan=plan, person=world[role])


def _person(world):
    return {"slug": world.kickoff.slug, "person_id": world["rep"].pk}


def _rule(world):
    return {"slug": world.kickoff.slug, "rule_id": world.things["quota_rule"].pk}


def _csv(world):
    return {"slug": world.kickoff.slug, "kind": "csv"}


def _forged_token(world):
    return {"slug": world.kickoff.slug, "token": "forged"}


ROWS = [
    Row("events:packets:quotas:plan", REVOPS, slug),
    Row("events:packets:quotas:settings", REVOPS, slug),
    Row("events:packets:quotas:cascade", REVOPS, slug),
    Row("events:packets:quotas:cascade", REVOPS, slug, method="post"),
    Row("events:packets:quotas:lock", REVOPS, slug, method="post"),
    Row("events:packets:quotas:currencies", REVOPS, slug, method="post"),
    Row("events:packets:quotas:hires", REVOPS, slug),
    Row("events:packets:quotas:add_rule", REVOPS, slug),
    Row("events:packets:quotas:edit_rule", REVOPS, _rule),
    Row("events:packets:quotas:remove_rule", REVOPS, _rule, method="post"),
    Row("events:packets:quotas:export", REVOPS, _csv),
    Row("events:packets:quotas:import", REVOPS, slug),
    Row("events:packets:quotas:import_preview", REVOPS, _forged_token),
    Row("events:packets:quotas:person", REVOPS, _person),
    Row("events:packets:quotas:edit", REVOPS, _person, method="post"),
    Row("events:packets:quotas:unpin", REVOPS, _person, method="post"),
]
