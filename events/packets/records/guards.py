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
    # What it holds is deleted with its parts; that it was handed out, to whom and why, is kept
    Guard(
        table="events_handout",
        says="what was handed out is kept as it was asked for",
        free=(
            "state",
            "leased_until",
            "ready_at",
            "expires_at",
            "ended_at",
            "parts_total",
            "parts_done",
            "size_bytes",
            "downloads",
        ),
        only={while_open(Passage.Reason.KEY_ROTATION): ("sealed_purpose",)},
    ),
)
