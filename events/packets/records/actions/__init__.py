"""Verbs of records."""

from events.packets.records.actions.exporting import (
    archive_of,
    ask_for_own,
    build_handout,
    end_handout,
    export_for_counsel,
    record_fetch,
    tend_handouts,
)
from events.packets.records.actions.leaver_links import NotYet, make_link, open_link, revoke_link
from events.packets.records.actions.legal_holds import (
    lift_hold,
    place_hold,
    shorten_trail,
    shred_due,
)
from events.packets.records.actions.refusals import RecordRefused
