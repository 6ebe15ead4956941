"""The verbs of a roster: importing a file, adding, removing, inviting, answering."""

from events.attendance.actions.importing import ROSTER_FIELDS, RosterReport, import_roster
from events.attendance.actions.moving import ask_again
from events.attendance.actions.roster import (
    Details,
    RosterRefused,
    add_attendee,
    answer_invitation,
    invite_attendees,
    remove_attendee,
)
from events.attendance.actions.several import ask_attendees, record_answers, set_kinds
