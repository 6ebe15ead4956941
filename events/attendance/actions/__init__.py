"""The verbs of a roster: importing a file, adding, removing, inviting, answering."""

from events.attendance.actions.answering import answer_invitation, ask_for_seat, decide_seat
from events.attendance.actions.columns import ROSTER_FIELDS
from events.attendance.actions.importing import import_roster
from events.attendance.actions.mails import invitation, mark_invited, where
from events.attendance.actions.moving import ask_again
from events.attendance.actions.refusals import RosterRefused, refuse_unless_open
from events.attendance.actions.report import RosterReport
from events.attendance.actions.roster import (
    Details,
    add_attendee,
    invite_attendees,
    remove_attendee,
)
from events.attendance.actions.seats import (
    name_substitute,
    offer_seat,
    set_places,
    tend_waiting_lists,
)
from events.attendance.actions.several import (
    ask_attendees,
    record_answers,
    remove_attendees,
    set_kinds,
)
