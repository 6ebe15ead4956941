from core.guards.rules import Guard
from people.activity.models import Passage
from people.activity.rules import while_open

Reason = Passage.Reason

ENTRIES = Guard(
    table="people_entry",
    says="the audit trail is never changed",
    only={
        # What is personal may be taken out, and nothing put in its place
        f"{while_open(Reason.ERASURE)} AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)"
        " AND (NEW.subject_id IS NULL OR NEW.subject_id = OLD.subject_id)"
        " AND NEW.note IN ('', OLD.note)": ("actor_id", "subject_id", "note")
    },
    deleted=while_open(Reason.TRAIL_RETENTION),
)
PASSAGE = Guard(
    table="people_passage",
    says="the mark of a passage is kept as it is",
    only={"NEW.open_id IS NULL": ("open_id",)},
)
