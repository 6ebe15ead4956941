from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.packets.delivery.models import PacketVersion
from people.accounts.models import Person
from people.activity.actions import record_entry

State = PacketVersion.State


@transaction.atomic
def record_reading(
    *, version: PacketVersion, by: Person, at: datetime, verb: str = "packet.viewed"
) -> None:
    """
    Record that somebody opened a version: its rep once, as viewed; anybody else each time, in
    the audit trail that the rep can see.
    """
    packet = version.packet
    note = _("version %(number)d") % {"number": version.number}
    if packet.rep_id == by.pk:
        first = PacketVersion.objects.filter(pk=version.pk, state=State.RELEASED)
        if not first.update(state=State.VIEWED, viewed_at=at):
            return
        version.state, version.viewed_at = State.VIEWED, at
    record_entry(by=by, verb=verb, at=at, subject=packet.rep, object=packet, note=note)
