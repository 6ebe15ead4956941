"""Links by which people who left fetch their own packets, each with a pass code that RevOps tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Packet
from events.packets.records import queries
from events.packets.records.actions.exporting import end_handout, make_for_leaver, record_fetch
from events.packets.records.actions.refusals import RecordRefused
from events.packets.records.models import Handout, LeaverLink
from events.packets.records.rules import codes
from people.accounts.models import Person
from people.activity.actions import record_entries_on


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """The two halves, as they are shown once and never again."""

    link: LeaverLink
    token: str
    code: str


class NotYet(RecordRefused):
    """The code is right, and the files are still being made."""


@sensitive_variables("token", "code")
@transaction.atomic
def make_link(*, kickoff: Kickoff, rep_id: int, by: Person, at: datetime) -> Key:
    """
    Give somebody who left a way to all of their own packets. An older link of theirs ends.

    :raises RecordRefused: they have not left, or nothing was ever released to them
    """
    rep = queries.leavers_of(kickoff, at).filter(pk=rep_id).first()
    if rep is None:
        raise RecordRefused(
            _("Links are for people who have left. Who is here downloads their own.")
        )
    for older in LeaverLink.objects.filter(handout__rep=rep, revoked_at=None):
        _revoke(older, by, at)
    handout = make_for_leaver(rep=rep, by=by, at=at)
    token, code = codes.draw_token(), codes.draw_code()
    link = LeaverLink.objects.create(
        handout=handout,
        token_hash=codes.hash_token(token),
        code_hash=make_password(codes.plain_code(code)),
        made_at=at,
        expires_at=at + codes.VALID_FOR,
    )
    packets = Packet.objects.filter(pk__in=handout.parts.values("packet"))
    record_entries_on(
        by=by, verb="packet.handed_out", at=at, about=[(rep, packet, "") for packet in packets]
    )
    return Key(link, token, code)


@transaction.atomic
def revoke_link(*, link_id: int, by: Person, at: datetime) -> None:
    """
    End a link, and delete what it would have fetched.

    :raises RecordRefused: it was ended already
    """
    link = LeaverLink.objects.select_related("handout").get(pk=link_id)
    if not _revoke(link, by, at):
        raise RecordRefused(_("This link was ended already."))


@sensitive_variables("token", "typed")
def open_link(*, token: str, typed: str, at: datetime) -> Handout | None:
    """
    The files of a link, if the code is right; None for anything else, told apart by nobody.

    A try is counted before the code is compared, so that many at once get no more than ten
    between them; the right code sets the count back. A link that is not there takes as long as
    one that is. Not inside a transaction: a try counts whatever comes after it.

    :raises NotYet: the code is right, and the files are being made
    """
    link = LeaverLink.objects.filter(token_hash=codes.hash_token(token[: codes.LONGEST])).first()
    open_links = LeaverLink.objects.filter(
        revoked_at=None,
        expires_at__gt=at,
        tries__lt=codes.MOST_WRONG,
        downloads__lt=codes.MOST_DOWNLOADS,
    )
    counted = link is not None and open_links.filter(pk=link.pk).update(tries=F("tries") + 1)
    plain = codes.plain_code(typed)
    if link is None or not counted:
        make_password(plain)
        return None
    if not check_password(plain, link.code_hash):
        return None
    handout = Handout.objects.select_related("rep").get(pk=link.handout_id)
    LeaverLink.objects.filter(pk=link.pk).update(tries=0)
    if handout.state == Handout.State.WAITING:
        raise NotYet(_("The code is right. Your files are being made: try again in a minute."))
    return _count(link, handout, at)


@transaction.atomic
def _count(link: LeaverLink, handout: Handout, at: datetime) -> Handout | None:
    counted = LeaverLink.objects.filter(
        pk=link.pk, revoked_at=None, downloads__lt=codes.MOST_DOWNLOADS
    )
    if not counted.update(downloads=F("downloads") + 1):
        return None
    rep = handout.rep
    if rep is None:
        return None
    try:
        with transaction.atomic():
            record_fetch(handout=handout, by=rep, at=at)
    except RecordRefused:
        LeaverLink.objects.filter(pk=link.pk).update(downloads=F("downloads") - 1)
        return None
    return handout


def _revoke(link: LeaverLink, by: Person, at: datetime) -> bool:
    usable = LeaverLink.objects.filter(pk=link.pk, revoked_at=None)
    if not usable.update(revoked_by=by, revoked_at=at):
        return False
    end_handout(handout_id=link.handout_id, at=at)
    return True
