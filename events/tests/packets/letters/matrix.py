"""Who gets an answer at which URL of letters. The packets are those of the packets' own matrix."""

from datetime import UTC, datetime

from core.tests.access import REVOPS, Row, slug
from events.packets.delivery.models import Receipt
from events.packets.letters.models import LetterBrand
from events.tests.factories import PacketVersionFactory
from events.tests.packets.letters.pictures import PNG

# `rep` reports to `manager`; RevOps makes packets. Planners and executives see no figures
READERS = frozenset({"rep", "manager", "revops"})
AT = datetime(2027, 1, 7, 9, tzinfo=UTC)


def prepare(world):
    """A copy that was signed and replaced long ago, and a logo."""
    version = PacketVersionFactory(
        packet=world.things["rep"].packet,
        number=2,
        state="SUPERSEDED",
        released_by=world["revops"],
    )
    Receipt.objects.create(
        version=version,
        person=world["rep"],
        typed_name=world["rep"].full_name,
        content_hash=version.content_hash,
        signed_at=AT,
    )
    LetterBrand.objects.create(kickoff=world.kickoff, edition=1, logo=PNG, saved_at=AT)


def _version(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["packet"].pk, "number": 1}


def _draft(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["draft"].pk, "number": 1}


def _waiting(world):
    return {"slug": world.kickoff.slug, "packet_id": world.things["waiting"].pk, "number": 1}


def _signed(world):
    return {**_version(world), "number": 2}


def _look(world):
    return {"ink": "#12201a", "accent": "#0a757b"}


ROWS = [
    Row("events:packets:letters:run", REVOPS, slug),
    Row("events:packets:letters:progress", REVOPS, slug),
    Row("events:packets:letters:start", REVOPS, slug, method="post"),
    Row("events:packets:letters:pause", REVOPS, slug, method="post"),
    Row("events:packets:letters:resume", REVOPS, slug, method="post"),
    Row("events:packets:letters:again", REVOPS, slug, method="post"),
    Row("events:packets:letters:files", REVOPS, slug),
    Row("events:packets:letters:download", REVOPS, slug, method="post"),
    Row("events:packets:letters:brand", REVOPS, slug),
    Row("events:packets:letters:preview", REVOPS, slug, method="post", data=_look),
    Row("events:packets:letters:sample", REVOPS, slug),
    Row("events:packets:letters:logo", REVOPS, slug),
    Row("events:packets:letters:letter", READERS, _version),
    Row("events:packets:letters:letter", REVOPS, _draft),
    # What waits for its moment is nobody's to read yet
    Row("events:packets:letters:letter", REVOPS, _waiting),
    Row("events:packets:letters:signed_copy", READERS, _signed),
]
