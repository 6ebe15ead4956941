"""The verbs of the door: giving it to somebody, scanning, badges, walk-ins, and marking from paper."""

from agenda.door.actions.admitting import admit_walk_in, mark_from_paper
from agenda.door.actions.badges import (
    correct_badge,
    make_badges,
    print_badges,
    shown_mails,
    tend_badges,
    work_badges,
)
from agenda.door.actions.crew import dismiss_keeper, name_keeper
from agenda.door.actions.refusals import DoorRefused
from agenda.door.actions.scanning import Heard, Said, record_scans
