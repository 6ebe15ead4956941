from core.guards.rules import Guard
from events.packets.delivery.guards import RESEALED

GUARDS = (
    Guard(
        table="events_inquiry",
        says="a question about a packet is kept as it was asked",
        free=(
            "routed_to",
            "state",
            "round",
            "opened_at",
            "due_at",
            "answered_at",
            "closed_at",
            "reminded_at",
            "escalates_at",
            "escalated_at",
        ),
        only={RESEALED: ("sealed",)},
    ),
    Guard(
        table="events_inquirymessage",
        says="what was written about a packet is kept as it was written",
        only={RESEALED: ("sealed",)},
    ),
    Guard(
        table="events_quotawish",
        says="a wish for another quota is kept as it was made, and as it was answered",
        only={
            # Until the decision its manager may say it anew
            "OLD.state = 'OPEN'": (
                "state",
                "supports",
                "commented_by_id",
                "commented_at",
                "decided_by_id",
                "decided_at",
            ),
            f"OLD.state = 'OPEN' OR {RESEALED}": ("sealed_comment", "sealed_answer"),
            RESEALED: ("sealed_amount", "sealed_reason"),
        },
    ),
    Guard(
        table="events_sharedanswer",
        says="a shared answer is taken back, never changed",
        free=("reached_at",),
        once=("withdrawn_at",),
        only={RESEALED: ("sealed_question", "sealed_answer")},
    ),
)
