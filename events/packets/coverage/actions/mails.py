"""What reminders say: names and states, never a figure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import day
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from events.packets.coverage.actions.hours import Clock
from events.packets.coverage.rules.reminders import Stage
from events.packets.delivery.models import Packet, PacketVersion
from people.accounts.models import Person
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone
from people.notices.rules import Kind

REMINDED = Kind(
    "packets.reminded",
    gettext_lazy("Your packet is not signed yet"),
    gettext_lazy("Sign the receipt"),
    needed=gettext_lazy("Nobody should leave the event without a signed receipt."),
)
ESCALATED = Kind(
    "packets.escalated",
    gettext_lazy("Reps of yours have not signed for their packet"),
    gettext_lazy("See where each stands"),
)

Told = Sequence[tuple[PacketVersion, Collection[Stage]]]


def shown_mails() -> Iterator[NoticeDraft]:
    """The reminders, for the page that shows them."""
    kickoff = invented()
    packet = Packet(pk=0, kickoff=kickoff, rep=someone())
    version = PacketVersion(pk=0, packet=packet, number=1)
    yield to_rep(version, Clock(kickoff, timezone.now(), ()))
    yield to_manager(someone("Søren Lindqvist"), [(version, [Stage.UNOPENED])], kickoff)


def to_rep(version: PacketVersion, clock: Clock, *, is_urgent: bool = False) -> NoticeDraft:
    """The mail to a rep; one key a day, so that there is one mail a day."""
    kickoff, rep = clock.kickoff, version.packet.rep
    facts = {
        "name": rep.display_name,
        "kickoff": kickoff.name,
        "year": kickoff.fiscal_year,
        "day": day(kickoff.ends_date, "long"),
        "number": version.number,
        "url": _url("events:packets:delivery:mine", kickoff),
    }
    if version.viewed_at is None:
        body = _(
            "Hello %(name)s,\n\nyour packet for %(kickoff)s is waiting: territory, quota and comp"
            " plan. You have not opened it yet. Read it and sign the receipt: %(url)s\n\n"
        )
    else:
        body = _(
            "Hello %(name)s,\n\nyou have read version %(number)d of your packet for %(kickoff)s,"
            " and its receipt is not signed yet. Sign it here: %(url)s\n\n"
        )
    if clock.at < kickoff.closes_at:
        body += _("The event ends on %(day)s. Nobody should leave without a signed receipt.\n\n")
    body += _("The receipt says that you got it. It does not say that you agree.\n")
    return NoticeDraft(
        kind=REMINDED,
        place=place_of(kickoff),
        key=f"packet-reminder:{version.packet_id}:{clock.mail_date(rep):%Y-%m-%d}",
        person=rep,
        subject=_("Your %(year)s packet is not signed yet") % facts,
        body=body % facts,
        due_at=clock.leaves_at(rep),
        is_urgent=is_urgent,
    )


def to_manager(manager: Person, told: Told, kickoff: Kickoff) -> NoticeDraft:
    """The mail to somebody above: each rep whom they are to hear of now, in one."""
    lines = sorted(
        f"- {version.packet.rep.full_name}: "
        + (_("opened, not signed") if version.viewed_at else _("not opened"))
        for version, _stages in told
    )
    facts = {
        "name": manager.display_name,
        "kickoff": kickoff.name,
        "lines": "\n".join(lines),
        "count": len(lines),
        "url": _url("events:packets:coverage:report", kickoff),
    }
    subject = ngettext(
        "%(count)d rep of yours has not signed for the packet",
        "%(count)d reps of yours have not signed for the packet",
        len(lines),
    )
    body = _(
        "Hello %(name)s,\n\nthese reps have not signed the receipt of their packet for"
        " %(kickoff)s:\n\n%(lines)s\n\nSee where each stands: %(url)s\n\n"
        "Talk to them: the receipt says that they got it, not that they agree.\n"
    )
    # The same rows make the same key, whoever runs twice
    rows = sorted((version.pk, sorted(stages)) for version, stages in told)
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()[:24]
    return NoticeDraft(
        kind=ESCALATED,
        place=place_of(kickoff),
        key=f"packet-escalation:{kickoff.pk}:{manager.pk}:{digest}",
        person=manager,
        subject=subject % facts,
        body=body % facts,
    )


def _url(name: str, kickoff: Kickoff) -> str:
    path = reverse(name, kwargs={"slug": kickoff.slug})
    return f"{settings.SITE_URL}{path}"
