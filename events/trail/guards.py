from core.guards.rules import Guard
from people.activity.models import Passage
from people.activity.rules import while_open

GUARDS = (
    Guard(
        table="events_trailseal",
        says="a seal of the audit trail never changes",
        only={
            while_open(Passage.Reason.ERASURE): ("salts",),
            while_open(Passage.Reason.KEY_ROTATION): ("sealed_hash",),
        },
    ),
)
