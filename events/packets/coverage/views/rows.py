"""What a row of the board and of a manager's report shows of a packet's state."""

from django.utils.translation import gettext_lazy

from core.lists import Filter
from events.attendance.models import Attendee
from events.packets.delivery.rules import states

CHIPS = ["NONE", "RELEASED", "VIEWED", "RECEIVED", "ACCEPTED", "DECLINED"]
STATE = Filter(
    "state",
    gettext_lazy("State"),
    lambda: [(state, states.word(state, on_a_board=True)) for state in CHIPS],
    "packet_state",
    counts=True,
)


def put_in_words(rows: list[Attendee]) -> None:
    for row in rows:
        state = row.packet_state  # type: ignore[attr-defined]  # annotated by its query
        row.show = {  # type: ignore[attr-defined]  # for the template
            "kind": states.kind(state, on_a_board=True),
            "word": states.word(state, on_a_board=True),
        }
