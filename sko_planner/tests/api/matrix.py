from django.utils import timezone

from agenda.sessions.models import Session
from core.tests.access import ON_THE_ROSTER, PLANNERS, SEE_KICKOFF, SIGNED_IN, Row, slug
from events.commitments.actions import Promise, promise
from events.tests.factories import PlanningTaskFactory, PreworkItemFactory
from reinforcement.tests.factories import TouchFactory

API = frozenset({401})
DOOR = frozenset(
    {"planner", "peer"}
)  # the matrix of the door, and of clinics, gives it to the peer
LIST_DEALS = frozenset({"manager", "other_manager", "planner", "revops"})
SEE_MONEY = frozenset({"planner", "executive"})
CHANGED = frozenset({200, 201, 400, 409, 415})


def prepare(world):
    world.things["api_session"] = Session.objects.create(
        kickoff=world.kickoff, title="Deal clinic", type="DEAL_CLINIC"
    )
    rep = world["rep"]
    promised = promise(
        kickoff=world.kickoff,
        person=rep,
        source="OWN",
        said=Promise(words="Call"),
        by=rep,
        at=timezone.now(),
    )
    world.things["api_time"] = promised.occurrences.get()
    world.things["api_task"] = PlanningTaskFactory(kickoff=world.kickoff)
    world.things["api_item"] = PreworkItemFactory(
        assignment__kickoff=world.kickoff, assignment__kind="READ", person=rep
    )
    world.things["api_touch"] = TouchFactory(
        person=world["rep"], activity__campaign__kickoff=world.kickoff
    )


def a_session(world):
    return slug(world) | {"pk": world.things["api_session"].pk}


def a_room(world):
    return slug(world) | {"pk": world.things["clinic"].group.pk}


def an_attendee(world):
    return slug(world) | {"pk": world.kickoff.attendees.get(person=world["rep"]).pk}


def the_rep(world):
    return {"pk": world["rep"].pk}


def a_time(world):
    return {"pk": world.things["api_time"].pk}


def a_touch(world):
    return {"pk": world.things["api_touch"].pk}


def an_item(world):
    return {"pk": world.things["api_item"].pk}


def a_task(world):
    return slug(world) | {"pk": world.things["api_task"].pk}


ROWS = [
    Row("api:schema", SIGNED_IN, login=API),
    Row("api:docs", SIGNED_IN, login=API),
    Row("api:kickoffs-list", SIGNED_IN, login=API),
    Row("api:kickoffs-list", PLANNERS, method="post", ok=CHANGED, login=API),
    Row("api:kickoffs-detail", SEE_KICKOFF, slug, login=API),
    Row("api:scans-list", DOOR, slug, login=API),
    Row("api:scans-list", DOOR, slug, method="post", ok=CHANGED, login=API),
    Row("api:clinics-list", LIST_DEALS, slug, login=API),
    Row("api:clinics-detail", DOOR, a_room, login=API),
    Row("api:clinics-acts", DOOR, a_room, method="post", ok=CHANGED, login=API),
    Row("api:kickoffs-open", PLANNERS, slug, method="post", ok=CHANGED, login=API),
    Row("api:insights-list", SEE_MONEY | {"other_manager"}, slug, login=API),
    Row("api:sessions-list", PLANNERS, slug, login=API),
    Row("api:sessions-list", PLANNERS, slug, method="post", ok=CHANGED, login=API),
    Row("api:sessions-released", SEE_KICKOFF, slug, login=API),
    Row("api:sessions-detail", PLANNERS, a_session, login=API),
    Row("api:sessions-move", PLANNERS, a_session, method="post", ok=CHANGED, login=API),
    Row("api:attendance-list", frozenset({"planner", "revops", "executive"}), slug, login=API),
    Row("api:attendance-list", PLANNERS, slug, method="post", ok=CHANGED, login=API),
    Row(
        "api:attendance-detail",
        PLANNERS,
        an_attendee,
        method="delete",
        ok=CHANGED | {204},
        login=API,
    ),
    Row("api:attendance-answer", ON_THE_ROSTER, slug, method="post", ok=CHANGED, login=API),
    Row("api:attendance-note", PLANNERS, an_attendee, method="post", ok=CHANGED, login=API),
    Row("api:waves-list", PLANNERS, slug, login=API),
    Row(
        "api:needs-list", SEE_MONEY, slug, login=API
    ),  # the matrix of needs makes the executive a manager
    Row("api:guests-list", PLANNERS, slug, login=API),
    Row("api:people-list", SIGNED_IN, login=API),
    Row("api:people-me", SIGNED_IN, login=API),
    Row("api:waiting-list", SIGNED_IN, login=API),
    Row("api:notices-list", SIGNED_IN, login=API),
    Row(
        "api:people-detail",
        frozenset({"rep", "manager", "planner", "revops", "executive"}),
        the_rep,
        login=API,
    ),
    Row("api:people-detail", PLANNERS, the_rep, method="patch", ok=CHANGED, login=API),
    Row("api:commitments-list", SIGNED_IN, login=API),
    Row(
        "api:commitments-answer",
        frozenset({"rep"}),
        a_time,
        method="post",
        ok=CHANGED,
        login=API,
    ),
    Row("api:budget-list", SEE_MONEY, slug, login=API),
    Row("api:readiness", SEE_MONEY, slug, login=API),
    Row("api:tasks-list", PLANNERS, slug, login=API),
    Row("api:tasks-done", PLANNERS, a_task, method="post", ok=CHANGED, login=API),
    Row("api:tasks-move", PLANNERS, a_task, method="post", ok=CHANGED, login=API),
    Row("api:prework_board-list", PLANNERS, slug, login=API),
    Row("api:prework-list", SIGNED_IN, login=API),
    Row("api:prework-done", frozenset({"rep"}), an_item, method="post", ok=CHANGED, login=API),
    Row("api:touches-list", SIGNED_IN, login=API),
    Row("api:touches-detail", frozenset({"rep", "manager"}), a_touch, login=API),
    Row("api:touches-complete", frozenset({"rep"}), a_touch, method="post", ok=CHANGED, login=API),
    Row(
        "api:touches-extend", frozenset({"manager"}), a_touch, method="post", ok=CHANGED, login=API
    ),
    Row("api:kickoffs-end", PLANNERS, slug, method="post", ok=CHANGED, login=API),
]
