"""Packets: drafted, approved, released, read, signed, answered, taken back."""

from events.packets.delivery.actions.approving import (
    approve_packets,
    name_approver,
    remove_approver,
    return_packets,
)
from events.packets.delivery.actions.drafting import (
    Imported,
    Outcome,
    counted,
    draft_newcomers,
    draft_packets,
    import_packets,
    outcomes,
    plan_import,
)
from events.packets.delivery.actions.ending import expire_due, recall_packet
from events.packets.delivery.actions.holding import confirm_release, hold_releases
from events.packets.delivery.actions.questions import answer_about_round, ask_about_round
from events.packets.delivery.actions.reading import record_reading
from events.packets.delivery.actions.refusals import PacketRefused
from events.packets.delivery.actions.releasing import (
    Released,
    SignedAs,
    cancel_release,
    lift_due,
    lift_release,
    release_packets,
)
from events.packets.delivery.actions.rounds import (
    show_round,
    start_round,
    submit_packets,
    take_back_round,
)
from events.packets.delivery.actions.signing import (
    accept_packet,
    decline_packet,
    record_receipt,
    sign_receipt,
)
from events.packets.delivery.actions.ticking import run_tick
