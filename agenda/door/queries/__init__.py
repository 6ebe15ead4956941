"""What the door shows: who came, whom a device knows, badges, and whether it is ready."""

from agenda.door.queries.badges import badge_faces, badges_in, badges_of, runs_of
from agenda.door.queries.counts import (
    Counts,
    Known,
    counts,
    known_at_door,
    left_again,
    passes_of,
    scanned_sessions,
)
from agenda.door.queries.crew import keepers, own_data
from agenda.door.queries.readiness import check_door
