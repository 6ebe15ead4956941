"""The tabs of what somebody sees about themselves: who sees which, and what is counted there."""

from django.utils.translation import gettext_lazy as _

from sko_planner.reach import SEAT
from sko_planner.sections import ALL_ROLES, OWN_PACKET, REP, Item

# What a rep sees about themselves: at most five
REP_TABS: tuple[Item, ...] = (
    Item(
        "my_kickoff",
        _("Today"),
        "home",
        ALL_ROLES,
        needs=SEAT,
        counts=("attendance.", "prework.", "panels.", "winloss."),
    ),
    Item(
        "agenda:sessions:mine",
        _("Agenda"),
        "calendar-event",
        ALL_ROLES,
        counts=("agenda.", "clinics."),
    ),
    Item(
        "events:packets:delivery:mine",
        _("Packet"),
        "file-dollar",
        frozenset({REP}),
        needs=SEAT,
        also=("events:packets:inquiries:",),
        counts=OWN_PACKET,
    ),
    Item(
        "events:commitments:mine",
        _("My plan"),
        "target",
        ALL_ROLES,
        counts=("commitments.", "notes."),
    ),
    Item("reinforcement:touches:mine", _("Practice"), "bulb", ALL_ROLES, counts=("touches.",)),
)
