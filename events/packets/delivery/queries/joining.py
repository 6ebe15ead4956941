"""Every rep's content as territory, quota and comp plan now have it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.comp.queries import comps_of
from events.packets.delivery.queries.roster import reps_of
from events.packets.delivery.rules.joining import Joined, join
from events.packets.delivery.rules.rows import PacketRow, Rep
from events.packets.quotas.queries import quotas_of
from events.packets.territories.queries import territories_of


@dataclass(frozen=True, slots=True, repr=False)
class Draftable:
    """One rep of the roster, with the content of their parts or what is lacking."""

    rep: Rep
    joined: Joined


@sensitive_variables()
def draftables(kickoff: Kickoff, person_ids: Collection[int] | None = None) -> list[Draftable]:
    """
    What the parts say of every rep on the roster, or of some. Constant queries.

    :raises Unreadable: no key opens a figure
    """
    wanted = None if person_ids is None else set(person_ids)
    reps = [rep for rep in reps_of(kickoff) if wanted is None or rep.person_id in wanted]
    ids = [rep.person_id for rep in reps]
    territories = territories_of(kickoff, ids)
    comps = comps_of(kickoff, ids)
    quotas = quotas_of(kickoff, ids, {pk: offer.currency for pk, offer in comps.items()})
    found = []
    for rep in reps:
        joined = join(
            rep.identity,
            territories.get(rep.person_id),
            quotas.get(rep.person_id),
            comps.get(rep.person_id),
        )
        found.append(Draftable(rep, joined))
    return found


@sensitive_variables()
def rows_of(found: Collection[Draftable]) -> list[PacketRow]:
    """Those that have a content, as rows that drafts are brought to."""
    return [PacketRow(one.rep, one.joined.content) for one in found if one.joined.content]
