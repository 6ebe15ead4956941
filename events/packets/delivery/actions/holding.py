"""Releases that wait are held when the event is moved, until RevOps confirms when they come out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import moment
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.locking import lock
from events.packets.delivery.actions.refusals import PacketRefused
from events.packets.delivery.hooks import Moment
from events.packets.delivery.models import PacketRelease, PacketVersion
from events.packets.delivery.queries import Embargo, embargoes
from people.accounts.models import Person
from people.activity.actions import record_entry


def hold_releases(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Hold each release that waits, whatever it waits for, and tell RevOps. Packets stay as they are.

    To be called once the agenda has moved, so that what is said is where its moments are then.
    """
    lock(kickoff)
    waiting = embargoes(kickoff)
    PacketRelease.objects.waiting().filter(kickoff=kickoff).update(held_at=at)
    says = [_held(kickoff, one) for one in waiting]
    lines = [*says, _("Say when: %(url)s") % {"url": notices.url_of("desk", kickoff)}]
    told = {reader.pk: ["\n".join(lines)] for reader in notices.revops()} if waiting else {}
    if out := PacketVersion.objects.of(kickoff).in_force().count():
        said = ngettext(
            "%(count)d packet is out and stays as it is: it counts from its plan’s year, not from"
            " the event.",
            "%(count)d packets are out and stay as they are: they count from their plan’s year, not"
            " from the event.",
            out,
        )
        says.append(said % {"count": out})
    return Follows(_("Packets"), says, told) if says else None


@transaction.atomic
def confirm_release(*, release_id: int, until: Moment, by: Person, at: datetime) -> PacketRelease:
    """
    Say when a release comes out that waits: with a moment of the agenda, or at a fixed time (an
    empty key). It is held no longer. Saying the same twice is saying it once.

    :raises PacketRefused: the moment is over; or the release went out or was cancelled
    """
    if until.at <= at:
        raise PacketRefused(_("That moment is over. Choose a later one, or release at once."))
    release = PacketRelease.objects.select_related("kickoff").get(pk=release_id)
    lock(release.kickoff)
    chosen = {
        "moment_key": until.key,
        "moment_label": until.label[:200],
        "due_at": until.at,
        "held_at": None,
    }
    if not PacketRelease.objects.waiting().filter(pk=release_id).update(**chosen):
        raise PacketRefused(_("This release went out, or was cancelled, before you got here."))
    release.refresh_from_db()
    record_entry(
        by=by,
        verb="packets.moment_confirmed",
        at=at,
        object=release,
        note=moment(until.at, release.kickoff.zone),
    )
    return release


def _held(kickoff: Kickoff, one: Embargo) -> str:
    facts = {
        "count": one.count,
        "label": one.label,
        "when": moment(one.due_at, kickoff.zone),
        "scope": one.release.scope,
    }
    if one.is_lost:
        waits = _("for “%(label)s”, which is no longer in the agenda") % facts
    elif one.label:
        waits = _("for “%(label)s”, then %(when)s") % facts
    else:
        waits = _("for %(when)s") % facts
    said = ngettext(
        "The release of %(count)d packet (%(scope)s) waits %(waits)s. It is held until RevOps"
        " confirms when it comes out.",
        "The release of %(count)d packets (%(scope)s) waits %(waits)s. It is held until RevOps"
        " confirms when they come out.",
        one.count,
    )
    return said % {**facts, "waits": waits}
