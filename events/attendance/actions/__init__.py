"""The verbs of a roster: importing a file, adding, removing, inviting, answering."""

from events.attendance.actions.importing import (
    ROSTER_FIELDS,
    RosterReport,
    import_roster,
)

__all__ = ["ROSTER_FIELDS", "RosterReport", "import_roster"]
