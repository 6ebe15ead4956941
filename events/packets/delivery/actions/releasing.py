"""Approved packets go out: at once, or under an embargo that a moment of the agenda lifts."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.locking import lock, some, take_off_signatures
from events.packets.delivery.actions.refusals import PacketRefused
from events.packets.delivery.hooks import Moment, follow_release, moment_of
from events.packets.delivery.models import EmployerSignature, PacketRelease, PacketVersion
from events.packets.delivery.rules.signing import is_name_of
from events.sealing.rules import Unreadable
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell

State = PacketVersion.State
BATCH = 500
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignedAs:
    """How somebody signs for the company: their name as typed, and their title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Released:
    """How many packets go out by one release, and whose packet could not be opened."""

    count: int
    left_out: list[str]
    release: PacketRelease | None = None


@transaction.atomic
def release_packets(
    *,
    kickoff: Kickoff,
    by: Person,
    at: datetime,
    signed_as: SignedAs,
    packet_ids: Collection[int] | None = None,
    scope: str = "",
    until: Moment | None = None,
) -> Released:
    """
    Sign approved packets for the company and give them to their reps: all of a kickoff, or some.

    The signature binds each version's content hash, number, name and time. Without `until` they
    go out at once; with it they wait for that moment, and move with it (an empty key is a fixed
    time). From its release a version never changes. One that cannot be opened is left and named.

    :raises PacketRefused: the kickoff is still a draft, so no rep could open theirs; the name is
        not the releaser's; the moment is over
    """
    if kickoff.status == Kickoff.Status.DRAFT:
        raise PacketRefused(
            _("This kickoff is still a draft, so reps cannot open a packet. Open it first.")
        )
    if not is_name_of(signed_as.name, by.full_name, by.preferred_name):
        raise PacketRefused(
            _("Sign for the company with your own name: %(name)s.") % {"name": by.full_name}
        )
    if not signed_as.title.strip():
        raise PacketRefused(_("Say as what you sign for the company."))
    if until is not None and until.at <= at:
        raise PacketRefused(_("That moment is over. Choose a later one, or release at once."))
    lock(kickoff)
    ready, left_out = _readable(
        some(kickoff, packet_ids).filter(state=State.APPROVED, release=None)
    )
    if not ready:
        return Released(0, left_out)
    release = PacketRelease.objects.create(
        kickoff=kickoff,
        by=by,
        at=at,
        scope=(scope or _("All that was approved"))[:200],
        moment_key=until.key if until else "",
        moment_label=until.label[:200] if until else "",
        due_at=until.at if until else at,
        lifted_at=None if until else at,
        lifted_by=None if until else by,
        left_out=", ".join(left_out),
    )
    EmployerSignature.objects.bulk_create(
        [
            EmployerSignature(
                version=version,
                person=by,
                typed_name=" ".join(signed_as.name.split()),
                title=" ".join(signed_as.title.split())[:120],
                content_hash=version.content_hash,
                signed_at=at,
            )
            for version in ready
        ],
        batch_size=BATCH,
    )
    if until is None:
        return Released(_give(release, ready, at), left_out, release)
    count = 0
    for ids in _batches(ready):
        waiting = PacketVersion.objects.filter(pk__in=ids, state=State.APPROVED, release=None)
        count += waiting.update(release=release)
    record_entry(
        by=by,
        verb="packets.embargoed",
        at=at,
        object=kickoff,
        note=_("%(count)d packets") % {"count": count},
    )
    return Released(count, left_out, release)


@transaction.atomic
def lift_release(*, release_id: int, at: datetime, by: Person | None = None) -> Released | None:
    """
    Give out what waits under an embargo; None if another call did, or it was cancelled.

    Somebody of RevOps lifts at any time; without `by` only what is due is lifted.
    """
    release = PacketRelease.objects.select_related("kickoff", "by").get(pk=release_id)
    lock(release.kickoff)
    waiting = PacketRelease.objects.waiting().filter(pk=release_id)
    if by is None:
        waiting = waiting.confirmed().filter(due_at__lte=at)
    if not waiting.update(lifted_at=at, lifted_by=by):
        return None
    release.lifted_at, release.lifted_by = at, by
    ready, left_out = _readable(PacketVersion.objects.filter(release=release, state=State.APPROVED))
    if left_out:
        _leave(release, ready, left_out, at)
    return Released(_give(release, ready, at), left_out, release)


@transaction.atomic
def cancel_release(*, release_id: int, by: Person, at: datetime) -> int:
    """
    Call an embargoed release off: its packets stay approved and the signatures go; return how many.

    :raises PacketRefused: it was lifted or cancelled already
    """
    release = PacketRelease.objects.select_related("kickoff").get(pk=release_id)
    lock(release.kickoff)
    waiting = PacketRelease.objects.waiting().filter(pk=release_id)
    if not waiting.update(cancelled_at=at, cancelled_by=by):
        raise PacketRefused(_("This release went out, or was cancelled, before you got here."))
    versions = PacketVersion.objects.filter(release=release, state=State.APPROVED)
    take_off_signatures(list(versions.values_list("pk", flat=True)), at, by=by)
    count = versions.update(release=None)
    record_entry(
        by=by,
        verb="packets.embargo_cancelled",
        at=at,
        object=release.kickoff,
        note=_("%(count)d packets") % {"count": count},
    )
    return count


def lift_due(*, at: datetime) -> int:
    """
    Lift each embargo that is over, one transaction each; return how many packets went out.

    A release first follows its moment to where the agenda has it now. One that is held, or whose
    moment is gone, waits for RevOps, and one that fails leaves the others.
    """
    count = 0
    for release in PacketRelease.objects.waiting().confirmed().select_related("kickoff"):
        if not follow_moment(release):
            continue
        if release.due_at <= at:
            try:
                lifted = lift_release(release_id=release.pk, at=at)
            except Exception:
                logger.exception("Release %s was not lifted", release.pk)
                continue
            count += lifted.count if lifted else 0
    return count


def follow_moment(release: PacketRelease) -> bool:
    """Move a waiting release to where its moment is now; whether the moment is still there."""
    if not release.moment_key:
        return True
    moment = moment_of(release.kickoff, release.moment_key)
    if moment is None:
        return False
    if (moment.at, moment.label[:200]) != (release.due_at, release.moment_label):
        release.due_at, release.moment_label = moment.at, moment.label[:200]
        PacketRelease.objects.waiting().filter(pk=release.pk).update(
            due_at=release.due_at, moment_label=release.moment_label
        )
    return True


def _give(release: PacketRelease, versions: Sequence[PacketVersion], at: datetime) -> int:
    """From here on reps read these versions; each gets one notice without figures."""
    kickoff, count = release.kickoff, 0
    for ids in _batches(versions):
        approved = PacketVersion.objects.filter(pk__in=ids, state=State.APPROVED)
        # The old version first: a packet never has two that stand
        PacketVersion.objects.in_force().filter(packet__in=approved.values("packet")).update(
            state=State.SUPERSEDED, superseded_at=at
        )
        count += approved.update(
            state=State.RELEASED, released_by=release.by, released_at=at, release=release
        )
    tell(drafts=[notices.released(kickoff, version) for version in versions], at=at)
    record_entry(
        by=release.lifted_by,
        verb="packets.released",
        at=at,
        object=kickoff,
        note=_("%(count)d packets") % {"count": count},
    )
    follow_release(versions, at)
    return count


def _readable(versions: QuerySet[PacketVersion]) -> tuple[list[PacketVersion], list[str]]:
    """Lock some versions; those that can be opened, and whose cannot."""
    ready, unreadable = [], []
    for version in versions.select_for_update(of=("self",)).select_related("packet__rep"):
        try:
            version.read()
        except Unreadable:
            unreadable.append(version.packet.rep.display_name)
        else:
            ready.append(version)
    return ready, sorted(unreadable)


def _leave(
    release: PacketRelease, ready: Sequence[PacketVersion], names: Sequence[str], at: datetime
) -> None:
    """Take what cannot be opened out of a release, and say so to RevOps."""
    bad = PacketVersion.objects.filter(release=release, state=State.APPROVED).exclude(
        pk__in=[version.pk for version in ready]
    )
    take_off_signatures(list(bad.values_list("pk", flat=True)), at, by=release.lifted_by)
    bad.update(release=None)
    release.left_out = ", ".join(names)
    release.save(update_fields=["left_out"])
    tell(drafts=notices.left_out(release, names), at=at)


def _batches(versions: Sequence[PacketVersion]) -> list[list[int]]:
    ids = [version.pk for version in versions]
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
