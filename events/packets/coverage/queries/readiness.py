"""What readiness says of the reps of a kickoff: who has no packet, quota or territory. No figures."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import day
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.packets.coverage.queries.counts import coverage_of
from events.packets.coverage.rules.counts import Cover
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.exceptions import NOTICE
from events.readiness.queries import asked, counts_of

HAS_PACKET = Check(
    "packets.released",
    Phase.BEFORE,
    6,
    gettext_lazy("Rule: in reps’ hands 30 days before the plan takes effect"),
    is_of_revops=True,
    threshold=Threshold(gettext_lazy("at least %(value)s of reps have a packet"), 100, 50, 100),
    name=gettext_lazy("Reps without a packet"),
)
SIGNED = Check(
    "packets.signed",
    Phase.BEFORE,
    4,
    gettext_lazy("California Labor Code 2751: a signed receipt"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of released packets are signed for"), 100, 50, 100
    ),
    name=gettext_lazy("Signed receipts"),
)
HAS_QUOTA = Check(
    "quotas.given",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: a quota in every rep’s hands"),
    is_of_revops=True,
    name=gettext_lazy("Reps without a quota"),
)
HAS_TERRITORY = Check(
    "territories.without",
    Phase.BEFORE,
    3,
    gettext_lazy("Territory rule: no rep without one"),
    is_of_revops=True,
    name=gettext_lazy("Reps without a territory"),
)


def _counts(kickoff: Kickoff, at: datetime) -> dict[str, Subquery]:
    """The first day of the earliest plan in the packets."""
    versions = PacketVersion.objects.of(kickoff).order_by("effective_from")
    return {"plans_start": Subquery(versions.values("effective_from")[:1])}


@checks(HAS_TERRITORY, HAS_QUOTA, HAS_PACKET, SIGNED, counts=_counts)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    Who has no packet and who has not signed; and whom a cascade or a plan of territories passed
    over, once there is one. One query of its own.

    Planners open neither quotas nor territories: those findings name whom to ask and have no link.
    """
    total = coverage_of(kickoff, at).all
    if not total.total:
        return
    where = {
        "mend_label": _("See who"),
        "mend_url": reverse("events:packets:coverage:board", kwargs={"slug": kickoff.slug}),
    }
    yield from _passed_over(total)
    if not total.not_released:
        yield Finding(HAS_PACKET, Severity.MET, _("Each rep has a packet."))
    elif total.released * 100 >= total.total * asked(kickoff, HAS_PACKET):
        text = _("%(released)d of %(total)d reps have a packet.")
        said = text % {"released": total.released, "total": total.total}
        yield Finding(HAS_PACKET, Severity.MET, said)
    else:
        yield _without(total, counts_of(kickoff, at)["plans_start"], where)
    waiting = total.released - total.signed
    if waiting and total.signed * 100 >= total.released * asked(kickoff, SIGNED):
        text = _("%(signed)d of %(total)d released packets are signed for.")
        said = text % {"signed": total.signed, "total": total.released}
        yield Finding(SIGNED, Severity.MET, said)
    elif waiting:
        text = ngettext(
            "%(count)d released packet has no signed receipt.",
            "%(count)d released packets have no signed receipt.",
            waiting,
        )
        why = _("The receipt says that they got it. Nobody leaves the event without one.")
        said, share = text % {"count": waiting}, total.signed / total.released
        yield Finding(SIGNED, Severity.IMPROVE, said, why=why, share=share, **where)
    elif total.released:
        text = _("Each released packet is signed for.")
        yield Finding(SIGNED, Severity.MET, text)


def _passed_over(total: Cover) -> Iterator[Finding]:
    for check, missing, text, why, met in (
        (
            HAS_TERRITORY,
            total.without_territory,
            ngettext(
                "%(count)d rep has no territory.",
                "%(count)d reps have no territory.",
                total.without_territory,
            ),
            _("Their packet cannot be approved. Ask RevOps to settle it under Territories."),
            _("Each rep has a territory."),
        ),
        (
            HAS_QUOTA,
            total.without_quota,
            ngettext(
                "%(count)d rep has no quota.", "%(count)d reps have no quota.", total.without_quota
            ),
            _("They joined after quotas were cascaded. Ask RevOps to cascade again."),
            _("Each rep has a quota."),
        ),
    ):
        if not missing:
            yield Finding(check, Severity.MET, met)
        elif missing < total.total:
            share = 1 - missing / total.total
            yield Finding(check, Severity.IMPROVE, text % {"count": missing}, why, share=share)


def _without(total: Cover, starts: date | None, where: dict[str, str]) -> Finding:
    """It blocks for whom nobody has done anything yet; the others wait as planned."""
    share = total.released / total.total
    if not total.lacking:
        text = ngettext(
            "%(count)d packet is with its approvers or comes out as planned.",
            "%(count)d packets are with their approvers or come out as planned.",
            total.not_released,
        )
        said = text % {"count": total.not_released}
        return Finding(HAS_PACKET, Severity.LATER, said, share=share, **where)
    due = _("30 days' notice ends %(day)s.") % {"day": day(starts - NOTICE)} if starts else ""
    text = ngettext("%(count)d rep has no packet.", "%(count)d reps have no packet.", total.lacking)
    return Finding(
        HAS_PACKET,
        Severity.BLOCKS,
        text % {"count": total.lacking},
        why=f"{due} {_('Ask RevOps to release.')}".strip(),
        share=share,
        **where,
    )
