"""Who gets an answer at which URL of questions about packets."""

from datetime import timedelta

from django.utils import timezone

from core.tests.access import ON_THE_ROSTER, REVOPS, Row, slug
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import actions
from events.packets.inquiries.models import ReviewSlot
from events.tests.packets.inquiries import making

MANAGERS = frozenset({"manager", "other_manager"})
# A thread and a wish are read by whoever reads the packet; planners and executives never
READERS = frozenset({"rep", "manager", "revops"})
REP = frozenset({"rep"})
SAID = frozenset({200, 204, 302, 422})


def prepare(world):
    """Beside a packet of the packets' own: the same version may be prepared by them already."""
    version = PacketVersion.objects.in_force().filter(packet__rep=world["rep"]).first()
    world.things["rep"] = version or making.released(world, "rep")
    at = timezone.now()
    inquiry = making.asked(world, kind="TERRITORY", at=at)
    world.things["inquiry"] = inquiry
    answered = making.asked(world, kind="TYPO", text="It is Zanzibar, not Sansibar", at=at)
    making.answered(world, answered, text="We mend it.", at=at)
    world.things["answered"] = answered
    world.things["shared"] = actions.publish_answer(
        inquiry_id=answered.pk,
        scope="EVERYONE",
        question="Can a name be mended?",
        answer="Yes, with a new version.",
        by=world["revops"],
        at=at,
    )
    world.things["wish"] = making.wished(world, at=at)
    # The event of the matrix may be over, so straight into the table
    starts_at = at + timedelta(days=1)
    world.things["slot"] = ReviewSlot.objects.create(
        kickoff=world.kickoff,
        manager=world["manager"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=20),
        place="Table 4",
        created_at=at,
    )


def _inquiry(world):
    return {"slug": world.kickoff.slug, "inquiry_id": world.things["inquiry"].pk}


def _answered(world):
    return {"slug": world.kickoff.slug, "inquiry_id": world.things["answered"].pk}


def _shared(world):
    return {"slug": world.kickoff.slug, "shared_id": world.things["shared"].pk}


def _wish(world):
    return {"slug": world.kickoff.slug, "wish_id": world.things["wish"].pk}


def _slot(world):
    return {"slug": world.kickoff.slug, "slot_id": world.things["slot"].pk}


def _row(name, allowed, kwargs=slug, **more):
    return Row(f"events:packets:inquiries:{name}", allowed, kwargs, **{"ok": SAID, **more})


ROWS = [
    _row("inbox", REVOPS),
    _row("times", REVOPS),
    _row("times", REVOPS, method="post"),
    _row("team", MANAGERS),
    _row("mine", ON_THE_ROSTER),
    _row("ask", ON_THE_ROSTER),
    _row("ask", ON_THE_ROSTER, method="post"),
    _row("answers", ON_THE_ROSTER),
    _row("thread", READERS, _inquiry),
    _row("thread", READERS, _inquiry, method="post"),
    _row("close", REP, _inquiry, method="post"),
    _row("hand_on", READERS - REP, _inquiry, method="post"),
    _row("share", REVOPS, _answered),
    _row("share", REVOPS, _answered, method="post"),
    _row("shared", REVOPS),
    _row("withdraw_shared", REVOPS, _shared, method="post"),
    _row("make_wish", ON_THE_ROSTER),
    _row("make_wish", ON_THE_ROSTER, method="post"),
    _row("wish", READERS, _wish),
    _row("comment_wish", frozenset({"manager"}), _wish, method="post"),
    _row("decide_wish", REVOPS, _wish, method="post"),
    _row("withdraw_wish", REP, _wish, method="post"),
    _row("slots", MANAGERS),
    _row("slots", MANAGERS, method="post"),
    _row("move_slot", frozenset({"manager"}), _slot),
    _row("move_slot", frozenset({"manager"}), _slot, method="post"),
    _row("cancel_slot", frozenset({"manager"}), _slot, method="post"),
    _row("review", ON_THE_ROSTER),
    _row("take_slot", REP, _slot, method="post"),
    _row("calendar_entry", frozenset({"manager"}), _slot),  # and the rep's, once it is theirs
    _row("give_up", ON_THE_ROSTER, method="post"),
]
