from core.guards.rules import Guard
from people.activity.models import Passage
from people.activity.rules import while_open

GUARDS = (
    Guard(
        table="events_legalhold",
        says="a legal hold is lifted, never changed or deleted",
        once=("lifted_at", "lifted_by_id"),
        only={while_open(Passage.Reason.KEY_ROTATION): ("sealed_reason",)},
    ),
)
