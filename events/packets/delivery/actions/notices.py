"""The mails about packets. None has a figure, or what somebody wrote about one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import moment
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from events.packets.delivery.models import (
    PacketApprover,
    PacketRelease,
    PacketRound,
    PacketVersion,
    RoundQuestion,
)
from people.accounts.models import Person
from people.notices.actions import NoticeDraft
from people.notices.rules import Delivery, Kind

RELEASED = Kind(
    "packets.released",
    gettext_lazy("Your packet is there, has changed or was taken back"),
    gettext_lazy("Open my packet"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("Days of notice count from when you hear of it."),
)
RECEIPT = Kind(
    "packets.receipt",
    gettext_lazy("What you signed, accepted or gave a receipt for"),
    gettext_lazy("Open my packet"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("It is your own proof."),
)
APPROVAL = Kind(
    "packets.approval",
    gettext_lazy("Packets wait for your approval, or went back"),
    gettext_lazy("Look at the round"),
)
DECLINED = Kind(
    "packets.declined",
    gettext_lazy("A rep declined their packet"),
    gettext_lazy("Read why"),
)
DESK = Kind(
    "packets.desk",
    gettext_lazy("Something on the packet desk needs RevOps"),
    gettext_lazy("Open the packet desk"),
    roles=("REVOPS",),
)


def url_of(page: str, kickoff: Kickoff, **kwargs: object) -> str:
    """The whole address of a page of packets."""
    path = reverse(f"events:packets:delivery:{page}", kwargs={"slug": kickoff.slug, **kwargs})
    return f"{settings.SITE_URL}{path}"


def revops() -> list[Person]:
    """Everybody who makes and releases packets."""
    return list(Person.objects.revops().order_by("pk"))


def released(kickoff: Kickoff, version: PacketVersion) -> NoticeDraft:
    """To the rep: their packet is there, or has changed."""
    facts = {
        "name": version.packet.rep.display_name,
        "year": kickoff.fiscal_year,
        "number": version.number,
        "kickoff": kickoff.name,
        "url": url_of("mine", kickoff),
    }
    if version.number == 1:
        subject = _("Your %(year)s packet is ready") % facts
        body = _(
            "Hello %(name)s,\n\nyour packet for %(kickoff)s is ready: territory, quota and comp"
            " plan. Read it and sign the receipt before you leave the event: %(url)s\n\n"
            "Only you, your managers and RevOps can open it.\n"
        )
    else:
        subject = _("Your %(year)s packet has changed") % facts
        body = _(
            "Hello %(name)s,\n\nversion %(number)d of your packet for %(kickoff)s replaces the one"
            " that you have. See what changed and sign its receipt: %(url)s\n\n"
            "Only you, your managers and RevOps can open it.\n"
        )
    return NoticeDraft(
        kind=RELEASED,
        place=place_of(kickoff),
        key=f"packet-released:{version.pk}",
        person=version.packet.rep,
        subject=subject,
        body=body % facts,
    )


def submitted(approver: PacketApprover, count: int, at: datetime) -> NoticeDraft:
    """To an approver: so many drafts wait."""
    facts = {
        "name": approver.person.display_name,
        "year": approver.kickoff.fiscal_year,
        "kickoff": approver.kickoff.name,
        "count": count,
        "kind": approver.get_kind_display(),
        "url": url_of("approval", approver.kickoff),
    }
    return NoticeDraft(
        kind=APPROVAL,
        place=place_of(approver.kickoff),
        key=f"packets-submitted:{approver.pk}:{at.isoformat()}",
        person=approver.person,
        subject=ngettext(
            "%(count)d packet waits for your approval",
            "%(count)d packets wait for your approval",
            count,
        )
        % facts,
        body=ngettext(
            "Hello %(name)s,\n\nRevOps has sent %(count)d packet of %(kickoff)s for approval. You"
            " approve for: %(kind)s. You see sums, never the figures of one person: %(url)s\n",
            "Hello %(name)s,\n\nRevOps has sent %(count)d packets of %(kickoff)s for approval. You"
            " approve for: %(kind)s. You see sums, never the figures of one person: %(url)s\n",
            count,
        )
        % facts,
    )


def round_ended(approver: PacketApprover, sent: PacketRound, why: str) -> NoticeDraft:
    """To an approver: what waited for them went back, and why."""
    return NoticeDraft(
        kind=APPROVAL,
        place=place_of(sent.kickoff),
        key=f"packets-round-ended:{sent.pk}:{approver.pk}",
        person=approver.person,
        subject=_("Packets of %(kickoff)s went back to RevOps") % {"kickoff": sent.kickoff.name},
        body=_(
            "Hello %(name)s,\n\nthe packets of %(kickoff)s that were with you went back to RevOps."
            " %(why)s What you approved and the other side had not counts no more. When they are"
            " sent again you get a mail. The page is here: %(url)s\n"
        )
        % {
            "name": approver.person.display_name,
            "kickoff": sent.kickoff.name,
            "why": why,
            "url": url_of("approval", sent.kickoff),
        },
    )


def answered(asked: RoundQuestion) -> NoticeDraft:
    """To an approver: RevOps has answered what they asked about a round."""
    kickoff = asked.round.kickoff
    return NoticeDraft(
        kind=APPROVAL,
        place=place_of(kickoff),
        key=f"packets-answered:{asked.pk}",
        person=asked.by,
        subject=_("RevOps has answered your question about %(kickoff)s")
        % {"kickoff": kickoff.name},
        body=_("Hello %(name)s,\n\nyou find the answer beside the round: %(url)s\n")
        % {"name": asked.by.display_name, "url": url_of("approval", kickoff)},
    )


def named(approver: PacketApprover, at: datetime) -> NoticeDraft:
    """To somebody whom RevOps named as approver."""
    return NoticeDraft(
        kind=APPROVAL,
        place=place_of(approver.kickoff),
        key=f"packet-approver:{approver.pk}:{at.isoformat()}",
        person=approver.person,
        subject=_("You approve the packets of %(kickoff)s") % {"kickoff": approver.kickoff.name},
        body=_(
            "Hello %(name)s,\n\n%(by)s has named you to approve the packets of %(kickoff)s, for:"
            " %(kind)s. When drafts wait for you, you get a mail. The page is here: %(url)s\n"
        )
        % {
            "name": approver.person.display_name,
            "by": approver.named_by.full_name,
            "kickoff": approver.kickoff.name,
            "kind": approver.get_kind_display(),
            "url": url_of("approval", approver.kickoff),
        },
    )


def to_revops(kickoff: Kickoff, *, key: str, subject: str, text: str) -> Iterable[NoticeDraft]:
    """One notice to each of RevOps, with the way to the desk."""
    return [to_desk(kickoff, reader, key=key, subject=subject, text=text) for reader in revops()]


def to_desk(kickoff: Kickoff, reader: Person, *, key: str, subject: str, text: str) -> NoticeDraft:
    return NoticeDraft(
        kind=DESK,
        place=place_of(kickoff),
        key=f"{key}:{reader.pk}",
        person=reader,
        subject=subject,
        body=_("Hello %(name)s,\n\n%(text)s\n\nThe packet desk: %(url)s\n")
        % {"name": reader.display_name, "text": text, "url": url_of("desk", kickoff)},
    )


def left_out(release: PacketRelease, names: Sequence[str]) -> Iterable[NoticeDraft]:
    """To RevOps: whose packet could not be opened, and so did not go out with the others."""
    return to_revops(
        release.kickoff,
        key=f"packets-left-out:{release.pk}",
        subject=_("Some packets did not go out"),
        text=_("These packets could not be opened and were not released: %(names)s.")
        % {"names": ", ".join(names)},
    )


def signed(version: PacketVersion, at: datetime) -> NoticeDraft:
    """To the rep: what they signed, as a receipt of the receipt."""
    kickoff, rep = version.packet.kickoff, version.packet.rep
    receipt = version.receipt
    return NoticeDraft(
        kind=RECEIPT,
        place=place_of(kickoff),
        key=f"packet-received:{version.pk}",
        person=rep,
        subject=_("You signed for your %(year)s packet") % {"year": kickoff.fiscal_year},
        body=_(
            "Hello %(name)s,\n\nthis is your receipt. It says that you got your packet, not that"
            " you agree.\n\n"
            "Packet: %(kickoff)s, version %(number)d\n"
            "Signed as: %(typed)s\n"
            "Signed: %(when)s\n"
            "Fingerprint: %(fingerprint)s\n"
            "Content hash: %(hash)s\n\n"
            "Read it, download the signed copy, accept or decline it here: %(url)s\n"
        )
        % {
            "name": rep.display_name,
            "kickoff": kickoff.name,
            "number": version.number,
            "typed": receipt.typed_name,
            "when": moment(at, kickoff.zone),
            "fingerprint": version.fingerprint,
            "hash": version.content_hash,
            "url": url_of("mine", kickoff),
        },
    )


def recorded(version: PacketVersion, by: Person) -> NoticeDraft:
    """To the rep: somebody recorded that they gave their receipt otherwise."""
    kickoff, rep = version.packet.kickoff, version.packet.rep
    receipt = version.receipt
    return NoticeDraft(
        kind=RECEIPT,
        place=place_of(kickoff),
        key=f"packet-recorded:{version.pk}",
        person=rep,
        subject=_("A receipt for your %(year)s packet was recorded")
        % {"year": kickoff.fiscal_year},
        body=_(
            "Hello %(name)s,\n\n%(by)s in RevOps has recorded that you gave the receipt for version"
            " %(number)d of your packet %(means)s, fingerprint %(fingerprint)s. It says that you"
            " got it, not that you agree.\n\n"
            "If that is not so, tell RevOps. Why and by what evidence stands here: %(url)s\n"
        )
        % {
            "name": rep.display_name,
            "by": by.full_name,
            "number": version.number,
            "means": receipt.get_means_display(),
            "fingerprint": version.fingerprint,
            "url": url_of("mine", kickoff),
        },
    )


def accepted(version: PacketVersion) -> NoticeDraft:
    """To the rep: that they accepted."""
    kickoff, rep = version.packet.kickoff, version.packet.rep
    return NoticeDraft(
        kind=RECEIPT,
        place=place_of(kickoff),
        key=f"packet-accepted:{version.pk}",
        person=rep,
        subject=_("You accepted your %(year)s packet") % {"year": kickoff.fiscal_year},
        body=_(
            "Hello %(name)s,\n\nyou accepted version %(number)d of your packet for %(kickoff)s,"
            " fingerprint %(fingerprint)s. It is here: %(url)s\n"
        )
        % {
            "name": rep.display_name,
            "number": version.number,
            "kickoff": kickoff.name,
            "fingerprint": version.fingerprint,
            "url": url_of("mine", kickoff),
        },
    )


def declined(
    version: PacketVersion, answer_id: int, readers: Sequence[Person]
) -> Iterable[NoticeDraft]:
    """To RevOps and the manager: that a rep declined. The reason stands on the page alone."""
    packet = version.packet
    kickoff, rep = packet.kickoff, packet.rep
    return [
        NoticeDraft(
            kind=DECLINED,
            place=place_of(kickoff),
            key=f"packet-declined:{answer_id}:{reader.pk}",
            person=reader,
            subject=_("%(rep)s declined their packet") % {"rep": rep.full_name},
            body=_(
                "Hello %(name)s,\n\n%(rep)s has declined version %(number)d of their packet for"
                " %(kickoff)s and said why. Read it, and talk with them: %(url)s\n"
            )
            % {
                "name": reader.display_name,
                "rep": rep.full_name,
                "number": version.number,
                "kickoff": kickoff.name,
                "url": url_of("detail", kickoff, packet_id=packet.pk),
            },
        )
        for reader in readers
    ]


def recalled(version: PacketVersion, in_force: PacketVersion | None) -> NoticeDraft:
    """To the rep: their packet was taken back, and what is in force now."""
    kickoff, rep = version.packet.kickoff, version.packet.rep
    facts = {
        "name": rep.display_name,
        "number": version.number,
        "kickoff": kickoff.name,
        "before": in_force.number if in_force else 0,
        "url": url_of("mine", kickoff),
    }
    if in_force is not None:
        now = _("Version %(before)d is in force again, with whatever you signed for it.") % facts
    else:
        now = _("No version is in force at this kickoff until RevOps releases another.")
    return NoticeDraft(
        kind=RELEASED,
        place=place_of(kickoff),
        key=f"packet-recalled:{version.pk}",
        person=rep,
        subject=_("Version %(number)d of your packet was taken back") % facts,
        body=_(
            "Hello %(name)s,\n\nRevOps has taken back version %(number)d of your packet for"
            " %(kickoff)s. %(now)s A receipt that you signed is kept.\n\nWhy, and what holds now: %(url)s\n"
        )
        % {**facts, "now": now},
    )
