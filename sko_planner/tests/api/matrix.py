from agenda.sessions.models import Session
from core.tests.access import PLANNERS, SEE_KICKOFF, SIGNED_IN, Row, slug
from reinforcement.tests.factories import TouchFactory

API = frozenset({401})
CHANGED = frozenset({200, 201, 400, 409})


def prepare(world):
    world.things["api_session"] = Session.objects.create(
        kickoff=world.kickoff, title="Deal clinic", type="DEAL_CLINIC"
    )
    world.things["api_touch"] = TouchFactory(
        person=world["rep"], activity__campaign__kickoff=world.kickoff
    )


def a_session(world):
    return slug(world) | {"pk": world.things["api_session"].pk}


def a_touch(world):
    return {"pk": world.things["api_touch"].pk}


ROWS = [
    Row("api:schema", SIGNED_IN, login=API),
    Row("api:docs", SIGNED_IN, login=API),
    Row("api:kickoffs-list", SIGNED_IN, login=API),
    Row("api:kickoffs-list", PLANNERS, method="post", ok=CHANGED, login=API),
    Row("api:kickoffs-detail", SEE_KICKOFF, slug, login=API),
    Row("api:kickoffs-open", PLANNERS, slug, method="post", ok=CHANGED, login=API),
    Row("api:sessions-list", PLANNERS, slug, login=API),
    Row("api:sessions-list", PLANNERS, slug, method="post", ok=CHANGED, login=API),
    Row("api:sessions-released", SEE_KICKOFF, slug, login=API),
    Row("api:sessions-detail", PLANNERS, a_session, login=API),
    Row("api:sessions-move", PLANNERS, a_session, method="post", ok=CHANGED, login=API),
    Row("api:touches-list", SIGNED_IN, login=API),
    Row("api:touches-detail", frozenset({"rep", "manager"}), a_touch, login=API),
    Row("api:touches-complete", frozenset({"rep"}), a_touch, method="post", ok=CHANGED, login=API),
    Row(
        "api:touches-extend", frozenset({"manager"}), a_touch, method="post", ok=CHANGED, login=API
    ),
    Row("api:kickoffs-end", PLANNERS, slug, method="post", ok=CHANGED, login=API),
]
