"""Exports of packets (`Handout`): for counsel, for leavers, for reps; built in parts, fetched, ended."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from core.due import leases
from events.kickoff.models import Kickoff
from events.packets.delivery.actions import record_reading
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.records import queries
from events.packets.records.actions import papers
from events.packets.records.actions.refusals import RecordRefused
from events.packets.records.models import Handout, HandoutPart, seal_text
from events.packets.records.rules import files
from events.sealing.rules import Shredded
from people.accounts.models import Person
from people.activity import words
from people.activity.actions import record_entries_on, record_entry
from people.org.models import Region

logger = logging.getLogger(__name__)
Kind, State = Handout.Kind, Handout.State
BATCH = 500
MOST_PACKETS = 2_000
MOST_BYTES = 300 * 1024 * 1024
LEASE = timedelta(minutes=5)  # far longer than one letter takes
KEPT_FOR = {
    Kind.COUNSEL: timedelta(days=7),
    Kind.LEAVER: timedelta(days=14),
    Kind.OWN: timedelta(days=1),
}
# Short, so that one rep's few letters do not wait for all of another export
TASK_SECONDS, TICK_SECONDS = 10.0, 15.0
# A tick takes over what no task has touched for this long
ORPHANED = timedelta(minutes=1)


@sensitive_variables("purpose")
@transaction.atomic
def export_for_counsel(
    *,
    kickoff: Kickoff,
    purpose: str,
    by: Person,
    at: datetime,
    region: Region | None = None,
    rep: Person | None = None,
) -> Handout:
    """
    Ask for the released packets of a kickoff, of a region or of one rep, with receipts and trail.

    It is made by a task and can be fetched by `by` alone, for seven days. The purpose is sealed.

    :raises RecordRefused: no purpose, nothing was released, or too much for one archive
    """
    if not purpose.strip():
        raise RecordRefused(_("Say what it is for. It is kept with the export."))
    handout = Handout(
        kind=Kind.COUNSEL,
        kickoff=kickoff,
        region=region,
        rep=rep,
        sealed_purpose=seal_text(purpose.strip()),
        requested_by=by,
        requested_at=at,
    )
    _make(handout, list(queries.packets_in(kickoff=kickoff, region=region, rep=rep)))
    note = ngettext("%(count)d packet", "%(count)d packets", handout.parts_total)
    record_entry(
        by=by,
        verb="packets.export_made",
        at=at,
        object=kickoff,
        note=note % {"count": handout.parts_total},
    )
    return handout


@transaction.atomic
def ask_for_own(*, by: Person, at: datetime) -> Handout:
    """
    Ask for all of one's own packets, or return what one has asked for already.

    :raises RecordRefused: nothing was ever released to them
    """
    own = Handout.objects.open().filter(kind=Kind.OWN, rep=by)
    over = Q(expires_at__lte=at) | Q(pk__in=own.overtaken().values("pk"))
    for handout_id in own.filter(over).values_list("pk", flat=True):
        end_handout(handout_id=handout_id, at=at)
    if (held := queries.own_handout(by, at)) is not None:
        return held
    handout = Handout(kind=Kind.OWN, rep=by, requested_by=by, requested_at=at)
    try:
        with transaction.atomic():
            _make(handout, list(queries.packets_in(rep=by)))
    except IntegrityError:
        # Asked twice at once: the other one is as good
        return Handout.objects.open().get(kind=Kind.OWN, rep=by)
    return handout


def make_for_leaver(*, rep: Person, by: Person, at: datetime) -> Handout:
    """
    All the packets of somebody who left; inside the caller's transaction.

    :raises RecordRefused: nothing was ever released to them
    """
    handout = Handout(kind=Kind.LEAVER, rep=rep, requested_by=by, requested_at=at)
    _make(handout, list(queries.packets_in(rep=rep)))
    return handout


def build_handout(*, handout_id: int, at: datetime, seconds: float = TASK_SECONDS) -> bool:
    """
    Make the parts that are not made yet, for so many seconds; return whether any is left.

    Only the call that gets the lease works; one that died leaves its lease to run out, and what
    it had made. A letter that cannot be made is counted, and stops no other. Not to be called
    inside a transaction: each part is kept as it is done.
    """
    if not leases.take(Handout.objects.to_build(at), handout_id, at + LEASE):
        return False
    handout = Handout.objects.get(pk=handout_id)
    started, size = monotonic(), handout.size_bytes
    parts = HandoutPart.objects.select_related("handout", "packet__rep", "packet__kickoff")
    waiting = handout.parts.filter(built_at=None).order_by("pk").values_list("pk", flat=True)
    for part_id in list(waiting):
        if monotonic() - started > seconds or size > MOST_BYTES:
            break
        size += _build_part(parts.get(pk=part_id), at)
        spent = timedelta(seconds=monotonic() - started)
        going = Handout.objects.filter(pk=handout_id, state=State.WAITING)
        done = F("parts_done") + 1
        if not going.update(parts_done=done, size_bytes=size, leased_until=at + spent + LEASE):
            return False
    left = handout.parts.filter(built_at=None).exists()
    if left and size <= MOST_BYTES:
        leases.give_back(Handout.objects.filter(pk=handout_id, state=State.WAITING))
        return True
    now = at + timedelta(seconds=monotonic() - started)
    _finish(handout, now, too_large=left)
    return False


def tend_handouts(at: datetime) -> dict[str, int]:
    """
    The part of the tick: go on with what no task came for, and end what has expired.
    """
    built = 0
    orphans = Handout.objects.to_build(at).filter(requested_at__lte=at - ORPHANED)
    for handout_id in orphans.order_by("requested_at").values_list("pk", flat=True)[:5]:
        build_handout(handout_id=handout_id, at=at, seconds=TICK_SECONDS)
        built += 1
    expired = Handout.objects.filter(state=State.READY, expires_at__lte=at)
    ended = sum(end_handout(handout_id=pk, at=at) for pk in expired.values_list("pk", flat=True))
    return {"built": built, "ended": ended}


@transaction.atomic
def end_handout(*, handout_id: int, at: datetime) -> bool:
    """Delete what a handout holds; the row that says what was handed out stays."""
    if not Handout.objects.open().filter(pk=handout_id).update(state=State.ENDED, ended_at=at):
        return False
    HandoutPart.objects.filter(handout=handout_id).delete()
    return True


@transaction.atomic
def record_fetch(*, handout: Handout, by: Person, at: datetime) -> None:
    """
    Count a download, and put it into the trail of every rep whose packet is in it. A rep who
    fetches their own has opened what is in it.

    :raises RecordRefused: it is not ready, or was deleted; or a version in it was taken back since,
        before its rep opened it
    """
    if Handout.objects.overtaken().filter(pk=handout.pk).exists():
        raise RecordRefused(_gone())
    fetched = Handout.objects.filter(pk=handout.pk, state=State.READY, expires_at__gt=at)
    if not fetched.update(downloads=F("downloads") + 1):
        raise RecordRefused(_gone())
    if handout.kind != Kind.COUNSEL:
        unopened = PacketVersion.objects.filter(
            packet__in=handout.parts.values("packet"), state=PacketVersion.State.RELEASED
        )
        for version in unopened.select_related("packet__rep"):
            record_reading(version=version, by=version.packet.rep, at=at)
    verb = "packet.exported" if handout.kind == Kind.COUNSEL else "packet.copied"
    packets = Packet.objects.filter(pk__in=handout.parts.values("packet")).select_related("rep")
    record_entries_on(
        by=by, verb=verb, at=at, about=[(packet.rep, packet, "") for packet in packets]
    )


@sensitive_variables()
def archive_of(handout: Handout) -> Iterator[bytes]:
    """
    The archive, piece by piece. :raises Unreadable: a part was sealed with a key that is gone
    """
    parts = handout.parts.order_by("pk").iterator(chunk_size=10)
    return files.zipped((part.read() for part in parts), _readme(handout))


def _gone() -> str:
    return _("These files are not here any more. Ask for them again.")


def _make(handout: Handout, packets: list[Packet]) -> None:
    if not packets:
        raise RecordRefused(
            _("No packet was ever released there, so there is nothing to hand out.")
        )
    if len(packets) > MOST_PACKETS:
        raise RecordRefused(
            _("That is %(count)d packets; one archive holds %(most)d. Take a region at a time.")
            % {"count": len(packets), "most": MOST_PACKETS}
        )
    handout.parts_total = len(packets)
    handout.save()
    HandoutPart.objects.bulk_create(
        [HandoutPart(handout=handout, packet=packet) for packet in packets], batch_size=BATCH
    )


@sensitive_variables()
def _build_part(part: HandoutPart, at: datetime) -> int:
    """Make one packet's folder and keep it; return its size in bytes."""
    folder, missing = _folder(part.packet, at, to_counsel=part.handout.kind == Kind.COUNSEL)
    part.write(folder, at)
    part.missing_letters = missing
    part.save(update_fields=["sealed", "built_at", "missing_letters"])
    return folder.size_bytes


@sensitive_variables()
def _folder(packet: Packet, at: datetime, *, to_counsel: bool) -> tuple[files.Folder, int]:
    folder, missing = files.Folder(tables={name: [] for name in files.TABLES}), 0
    rep, kickoff = packet.rep, packet.kickoff
    place = files.folder_name(rep.full_name, packet.pk)
    for version in queries.versions_to_hand_out(packet, to_counsel=to_counsel):
        version.packet = packet
        try:
            texts = {
                files.content_name(kickoff.fiscal_year, version.number): papers.content_text(
                    version
                ),
                files.letter_name(kickoff.fiscal_year, version.number): papers.letter_pdf(
                    version, at
                ),
            }
        except Shredded:
            texts = {}
        except Exception as error:
            # Whatever is wrong with one letter: the others are handed out, and this one is
            # counted. The error's own words may quote the letter, so its kind alone is logged
            kind = type(error).__name__
            logger.warning("Version %s could not be handed out: %s", version.pk, kind)
            texts, missing = {}, missing + 1
        folder.files |= {f"{place}/{name}": data for name, data in texts.items()}
        folder.tables["receipts"].append(_receipt_row(version))
        folder.tables["answers"] += [
            [
                rep.full_name,
                kickoff.name,
                str(version.number),
                answer,
                files.utc(when),
                version.content_hash,
            ]
            for answer, when in papers.answers_of(version)
        ]
        folder.tables["questions"] += [
            [
                rep.full_name,
                kickoff.name,
                str(version.number),
                said.about,
                files.utc(said.at),
                said.by,
                said.did,
                said.text,
            ]
            for said in papers.said_about(version)
        ]
    folder.tables["trail"] = [
        [
            rep.full_name,
            kickoff.name,
            files.utc(entry.at),
            entry.actor.full_name if entry.actor else "",
            words.of(entry.verb),
            entry.note,
        ]
        for entry in queries.trail_of(packet)
    ]
    return folder, missing


def _receipt_row(version: PacketVersion) -> list[str]:
    receipt = getattr(version, "receipt", None)
    rep = version.packet.rep
    return [
        rep.full_name,
        rep.email,
        version.packet.kickoff.name,
        str(version.number),
        version.state_word,
        files.utc(version.released_at),
        files.utc(version.viewed_at),
        files.utc(receipt.signed_at if receipt else None),
        receipt.typed_name if receipt else "",
        version.content_hash,
        files.utc(version.shredded_at),
    ]


@transaction.atomic
def _finish(handout: Handout, at: datetime, *, too_large: bool) -> None:
    expires_at = at + KEPT_FOR[Kind(handout.kind)]
    row = Handout.objects.filter(pk=handout.pk, state=State.WAITING)
    if too_large:
        # Said on the page by its state and its counts; a region at a time is small enough
        leases.give_back(row, state=State.ENDED, ended_at=at)
        HandoutPart.objects.filter(handout=handout).delete()
        return
    leases.give_back(row, state=State.READY, ready_at=at, expires_at=expires_at)


def _readme(handout: Handout) -> str:
    missing = handout.parts.aggregate(n=Sum("missing_letters"))["n"] or 0
    lines = [
        _("Packets of %(company)s") % {"company": settings.COMPANY_NAME},
        "",
        _("Made %(when)s (UTC).") % {"when": files.utc(handout.ready_at or timezone.now())},
        "",
        _("One folder a packet. Of each version that was ever released it holds the letter (PDF)"),
        _("and the very text that was hashed and signed (JSON): the SHA-256 of that file is the"),
        _("content hash in receipts.csv. A receipt says that the rep got it, not that they agree."),
        "",
        "receipts.csv  " + _("each version, and who signed for it when"),
        "answers.csv   " + _("what reps answered"),
        "questions.csv " + _("what was asked, wished for and answered, in full"),
        "trail.csv     " + _("who did or saw what"),
        "manifest.csv  " + _("the SHA-256 of every file"),
    ]
    if missing:
        lines += [
            "",
            ngettext(
                "%(count)d letter could not be made, and is missing.",
                "%(count)d letters could not be made, and are missing.",
                missing,
            )
            % {"count": missing},
        ]
    return "\n".join(str(line) for line in lines) + "\n"
