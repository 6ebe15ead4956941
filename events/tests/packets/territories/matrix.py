"""Who gets an answer at which URL of territories: RevOps alone."""

from core.tests.access import REVOPS, Row, slug
from events.tests.factories import AccountFactory, OpportunityFactory, SalesTerritoryFactory


def prepare(world):
    account = AccountFactory(name="Marsanne Logistique", country="FR", segment="Mid-market")
    AccountFactory(name="Nordlys Seafood")
    OpportunityFactory(owner=world["rep"], account=account, stage="WON", value=1000)
    world.things["account"] = account
    world.things["territory"] = SalesTerritoryFactory(
        kickoff=world.kickoff, owner=world["rep"], named=[account], name="France, mid-market"
    )


def _territory(world):
    return {**slug(world), "territory_id": world.things["territory"].pk}


def _account(world):
    return {**slug(world), "account_id": world.things["account"].pk}


def _upload(world):
    return {**slug(world), "token": "nonsense"}


def _move(world):
    account, territory = world.things["account"].pk, world.things["territory"].pk
    return {"account": f"{account}:{territory}", "to": "none"}


ROWS = [
    Row("events:packets:territories:plan", REVOPS, slug),
    Row("events:packets:territories:mend", REVOPS, slug),
    Row("events:packets:territories:accounts", REVOPS, slug),
    Row("events:packets:territories:account", REVOPS, _account),
    Row("events:packets:territories:board", REVOPS, slug),
    Row("events:packets:territories:preview", REVOPS, slug, method="post", data=_move),
    Row("events:packets:territories:move", REVOPS, slug, method="post", data=_move),
    Row("events:packets:territories:balance", REVOPS, slug),
    Row("events:packets:territories:proposals", REVOPS, slug),
    Row("events:packets:territories:accept", REVOPS, slug, method="post"),
    Row("events:packets:territories:history", REVOPS, slug),
    Row("events:packets:territories:import", REVOPS, slug),
    Row("events:packets:territories:import", REVOPS, slug, method="post"),
    Row("events:packets:territories:import_preview", REVOPS, _upload),
    Row("events:packets:territories:export", REVOPS, slug),
    Row("events:packets:territories:create", REVOPS, slug),
    Row("events:packets:territories:create", REVOPS, slug, method="post"),
    Row("events:packets:territories:detail", REVOPS, _territory),
    Row("events:packets:territories:edit", REVOPS, _territory),
    Row("events:packets:territories:edit", REVOPS, _territory, method="post"),
    Row("events:packets:territories:delete", REVOPS, _territory, method="post"),
]
