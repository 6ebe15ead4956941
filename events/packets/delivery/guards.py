from core.guards.rules import Guard
from people.activity.models import Passage
from people.activity.rules import while_open

Reason = Passage.Reason
RESEALED = while_open(Reason.KEY_ROTATION, Reason.RETENTION)
WITHDRAWN = while_open(Reason.WITHDRAWAL)

GUARDS = (
    # Triggers of the migrations keep its content for as long as they know; this keeps the rest
    Guard(
        table="events_packetversion",
        says="a released packet version never changes, and is kept for three years"
        " and under a legal hold",
        since="OLD.released_at IS NOT NULL",
        free=(
            "state",
            "viewed_at",
            "received_at",
            "superseded_at",
            "recalled_at",
            "shredded_at",
        ),
        only={RESEALED: ("sealed",)},
    ),
    Guard(
        table="events_packetrelease",
        says="a release of packets is kept as it was signed",
        free=("left_out",),
        once=("lifted_at", "lifted_by_id", "cancelled_at", "cancelled_by_id"),
        only={
            "OLD.lifted_at IS NULL AND OLD.cancelled_at IS NULL": (
                "due_at",
                "held_at",
                "moment_key",
                "moment_label",
            )
        },
    ),
    Guard(
        table="events_packetapproval",
        says="an approval of a packet is withdrawn, never changed",
        once=("withdrawn_at",),
        deleted=WITHDRAWN,
    ),
    Guard(
        table="events_packetround",
        says="a round of approval is kept as it was sent",
        once=("shown_at", "closed_at", "closed_by_id"),
        only={"OLD.closed_at IS NULL": ("outcome",), RESEALED: ("sealed",)},
    ),
    Guard(
        table="events_packetround_versions",
        says="a round of approval is kept as it was sent",
        deleted=WITHDRAWN,
    ),
    Guard(
        table="events_packetlapse",
        says="a lapsed approval of a packet is kept as it is",
        deleted=WITHDRAWN,
    ),
    Guard(
        table="events_packetreturn",
        says="what was sent back is kept as it was written",
        only={RESEALED: ("sealed_reason",)},
    ),
    Guard(
        table="events_packetreturn_versions",
        says="what was sent back is kept as it was written",
        deleted=WITHDRAWN,
    ),
    Guard(
        table="events_roundquestion",
        says="a question about a round of approval is kept as it was written",
        once=("answered_by_id", "answered_at"),
        only={
            f"OLD.answered_at IS NULL OR {RESEALED}": ("sealed_answer",),
            RESEALED: ("sealed_question",),
        },
    ),
    Guard(
        table="events_employersignature",
        says="the signature of the company is kept as it was given",
        deleted=WITHDRAWN,
    ),
    Guard(
        table="events_receipt",
        says="a receipt is kept as it was signed",
        only={RESEALED: ("sealed_reason", "sealed_evidence")},
    ),
    Guard(
        table="events_packetanswer",
        says="an answer to a packet is kept as it was signed",
        only={RESEALED: ("sealed_reason",)},
    ),
    Guard(
        table="events_packetrecall",
        says="a recall of a packet is kept as it was written",
        only={RESEALED: ("sealed_reason",)},
    ),
)
