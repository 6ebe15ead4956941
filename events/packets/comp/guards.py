from core.guards.rules import Guard

GUARDS = (
    Guard(
        table="events_termsedition",
        says="published terms never change",
        since="OLD.published_at IS NOT NULL",
        # Who wrote the draft last may be gone
        free=("changed_by_id",),
    ),
)
