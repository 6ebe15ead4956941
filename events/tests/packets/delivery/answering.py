"""What people do with a released packet, for the tests: on Tuesday, unless said otherwise."""

from datetime import date

from events.packets.delivery import actions
from events.packets.delivery.models import PacketVersion
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    import_one,
    release_all,
)
from people.tests.factories import RevOpsFactory

NAME = "Aïcha Benyahia"
WHY = "900,000 is too much for two countries"


def sign(version, at=MONDAY):
    rep = version.packet.rep
    actions.sign_receipt(version_id=version.pk, by=rep, typed_name=NAME, at=at)


def accept(version, at=TUESDAY, **changes):
    given = {"by": version.packet.rep, "typed_name": NAME, "at": at, **changes}
    return actions.accept_packet(version_id=version.pk, **given)


def decline(version, at=TUESDAY, **changes):
    given = {"by": version.packet.rep, "typed_name": NAME, "reason": WHY, "at": at, **changes}
    return actions.decline_packet(version_id=version.pk, **given)


def record(version, **changes):
    given = {
        "by": RevOpsFactory(),
        "at": TUESDAY,
        "means": "PAPER",
        "given_date": date(2027, 1, 12),
        "typed_name": NAME,
        "reason": "No phone at the event, 900,000 read aloud",
        "evidence": "Folder 12 in Lisbon",
        **changes,
    }
    return actions.record_receipt(version_id=version.pk, **given)


def second(kickoff, rep):
    """Version 2, released on Tuesday."""
    import_one(kickoff, rep, quota="950000")
    approve_all(kickoff, at=TUESDAY)
    release_all(kickoff, at=TUESDAY)
    return PacketVersion.objects.get(number=2)


def recall(version, at=TUESDAY, reason="It had 940,000 of somebody else"):
    return actions.recall_packet(version_id=version.pk, by=RevOpsFactory(), at=at, reason=reason)
