from core.tests.access import PLANNERS, Row, slug
from events.bets.models import BigBet


def prepare(world):
    world.things["bet"] = BigBet.objects.create(
        kickoff=world.kickoff, position=1, title="Renew from day one"
    )


def _bet(world):
    return {"slug": world.kickoff.slug, "bet_id": world.things["bet"].pk}


ROWS = [
    Row("events:bets:list", PLANNERS, slug),
    Row("events:bets:add", PLANNERS, slug),
    Row("events:bets:edit", PLANNERS, _bet),
    Row("events:bets:plan", PLANNERS, _bet),
    Row("events:bets:read", PLANNERS, _bet, method="post"),
    Row("events:bets:move", PLANNERS, lambda world: _bet(world) | {"position": 1}, method="post"),
    Row("events:bets:delete", PLANNERS, _bet, method="post"),
]
