"""Who gets an answer at which URL of comp: RevOps, and nobody else."""

from core.tests.access import REVOPS, Row, slug
from events.tests.packets.comp.factories import (
    CompPlanFactory,
    PersonCompFactory,
    RolePayFactory,
    TermsEditionFactory,
)


def prepare(world):
    rep = world["rep"]
    rep.job_title = "Mid-market AE"
    rep.save(update_fields=["job_title"])
    world.things["comp_plan"] = CompPlanFactory(kickoff=world.kickoff, titles=["Mid-market AE"])
    world.things["copied_plan"] = CompPlanFactory(kickoff=world.kickoff)
    RolePayFactory(kickoff=world.kickoff)
    PersonCompFactory(kickoff=world.kickoff, person=rep)
    world.things["terms"] = TermsEditionFactory()


def _plan(world):
    return {"slug": world.kickoff.slug, "plan_id": world.things["comp_plan"].pk}


def _unused_plan(world):
    return {"slug": world.kickoff.slug, "plan_id": world.things["copied_plan"].pk}


def _rep(world):
    return {"slug": world.kickoff.slug, "person_id": world["rep"].pk}


def _terms(world):
    return {"slug": world.kickoff.slug, "edition_id": world.things["terms"].pk}


def _forged_token(world):
    return {"slug": world.kickoff.slug, "token": "forged"}


def _title(world):
    return {"title": "Mid-market AE"}


ROWS = [
    Row("events:packets:comp:list", REVOPS, slug),
    Row("events:packets:comp:create", REVOPS, slug),
    Row("events:packets:comp:preview", REVOPS, slug, method="post"),
    Row("events:packets:comp:edit", REVOPS, _plan),
    Row("events:packets:comp:copy", REVOPS, _plan, method="post"),
    Row("events:packets:comp:delete", REVOPS, _unused_plan, method="post"),
    Row("events:packets:comp:people", REVOPS, slug),
    Row("events:packets:comp:title", REVOPS, slug, data=_title),
    Row("events:packets:comp:export", REVOPS, slug),
    Row("events:packets:comp:import", REVOPS, slug),
    Row("events:packets:comp:import_preview", REVOPS, _forged_token),
    Row("events:packets:comp:person", REVOPS, _rep),
    Row("events:packets:comp:clear", REVOPS, _rep, method="post"),
    Row("events:packets:comp:cost", REVOPS, slug),
    Row("events:packets:comp:terms", REVOPS, slug),
    Row("events:packets:comp:terms_new", REVOPS, slug),
    Row("events:packets:comp:terms_edit", REVOPS, _terms),
    Row("events:packets:comp:terms_publish", REVOPS, _terms, method="post"),
    Row("events:packets:comp:terms_delete", REVOPS, _terms, method="post"),
]
