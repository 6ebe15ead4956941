"""Reads of packets. `aggregates_for`, `to_keep`, `draftables` and whatever reads a version open figures."""

from events.packets.delivery.queries.approval import (
    Hidden,
    Round,
    Signing,
    aggregates_for,
    approvable,
    approval_progress,
    approvals_of,
    approver_of,
    approvers_of,
    digest,
    last_return,
    missing_kinds,
    signings_of,
    waiting_for,
    what_holds_back,
)
from events.packets.delivery.queries.desk import counts_by_state, desk_rows
from events.packets.delivery.queries.following import what_follows
from events.packets.delivery.queries.joining import Draftable, draftables, rows_of
from events.packets.delivery.queries.lapses import lapse_of, lapsed_drafts, left_behind
from events.packets.delivery.queries.lastly import Happened, last_things
from events.packets.delivery.queries.releases import (
    Embargo,
    Scope,
    chosen_scope,
    embargo_of,
    embargoes,
    embargoes_of,
    newcomers,
    releasable,
)
from events.packets.delivery.queries.roster import roster
from events.packets.delivery.queries.rounds import (
    latest_round,
    open_round,
    packets_to_send_again,
    questions_of,
    questions_to_answer,
    to_keep,
)
from events.packets.delivery.queries.versions import (
    PacketState,
    answers_to,
    changes_in,
    latest_version,
    looks_at_drafts,
    my_packet_state,
    next_start,
    openings,
    packet_states,
    released_versions,
    replaced_by,
    version_before,
    version_in_force,
    versions_by_id,
)
