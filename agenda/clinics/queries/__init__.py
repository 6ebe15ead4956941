"""What holds in a room, what became of its deals, and who has which sheet to read."""

from agenda.clinics.queries.board import fill, lines_of
from agenda.clinics.queries.own import own_data, past_keeping
from agenda.clinics.queries.room import (
    Deal,
    InRoom,
    Seat,
    in_room,
    minutes_of,
    rooms_of,
    seated_in,
    state_of,
)
from agenda.clinics.queries.sheets import (
    Sheet,
    day_after,
    own_steps,
    sheet_of,
    sheets_about,
    totals,
)
