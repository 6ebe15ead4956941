"""What a rep puts under a version: the receipt, and afterwards yes or no."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.ui.figures import day
from events.packets.delivery.actions import notices
from events.packets.delivery.actions.refusals import PacketRefused
from events.packets.delivery.hooks import follow_signature
from events.packets.delivery.models import PacketAnswer, PacketVersion, Receipt, seal_text
from events.packets.delivery.rules.signing import is_name_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import NoticeDraft, tell
from people.org.queries import is_here

State = PacketVersion.State
Kind = PacketAnswer.Kind


@transaction.atomic
def sign_receipt(*, version_id: int, by: Person, typed_name: str, at: datetime) -> Receipt:
    """
    Sign that the rep got one version of their packet, or return the receipt that they signed.

    It binds content hash, version, name and time. It does not say that they agree. Of two at
    once, one signs and both get the same receipt.

    :raises PacketRefused: it is somebody else's, replaced, taken back, not released, or the name
        differs
    """
    version = _version(version_id)
    rep = version.packet.rep
    if rep.pk != by.pk:
        raise PacketRefused(_("Only the rep signs the receipt of a packet."))
    if signed := Receipt.objects.filter(version=version).first():
        return signed
    _check_name(typed_name, rep)
    if not _claim_receipt(version, at):
        # Somebody signed, released, replaced or recalled it since it was read above
        if signed := Receipt.objects.filter(version=version).first():
            return signed
        raise PacketRefused(_not_signable(version))
    version.receipt = Receipt.objects.create(
        version=version,
        person=by,
        typed_name=" ".join(typed_name.split()),
        content_hash=version.content_hash,
        signed_at=at,
    )
    _record(version, by, "packet.received", at)
    _queue(notices.signed(version, at), at)
    follow_signature([version], at)
    return version.receipt


@sensitive_variables("reason", "evidence")
@transaction.atomic
def record_receipt(
    *,
    version_id: int,
    by: Person,
    at: datetime,
    means: str,
    given_date: date,
    typed_name: str,
    reason: str,
    evidence: str,
) -> Receipt:
    """
    Record that a rep gave their receipt otherwise: on paper, or in another system.

    `given_date` is a day in the event's zone. It counts as a receipt and says everywhere who
    recorded it; the rep gets a mail and sees why.

    :raises PacketRefused: it is one's own packet, signed already, not released, replaced or taken
        back; a text is missing; the day is before the release or still to come
    """
    version = _version(version_id)
    rep, kickoff = version.packet.rep, version.packet.kickoff
    if rep.pk == by.pk:
        raise PacketRefused(_("Nobody records a receipt of their own. Sign it instead."))
    if means not in Receipt.Means.values:
        raise PacketRefused(_("Say how the receipt was given."))
    if not (reason.strip() and evidence.strip() and typed_name.strip()):
        raise PacketRefused(_("Say why, by what evidence, and under which name."))
    released = version.released_at
    if released is None:
        raise PacketRefused(_not_signable(version))
    if not kickoff.local_date(released) <= given_date <= kickoff.local_date(at):
        raise PacketRefused(
            _("A receipt is given on a day from the release, %(day)s, to today.")
            % {"day": day(kickoff.local_date(released), "long")}
        )
    given_at = datetime.combine(given_date, time(0), tzinfo=kickoff.zone)
    if not _claim_receipt(version, max(given_at, released)):
        raise PacketRefused(_not_signable(version))
    version.receipt = Receipt.objects.create(
        version=version,
        person=rep,
        typed_name=" ".join(typed_name.split()),
        content_hash=version.content_hash,
        signed_at=max(given_at, released),
        recorded_by=by,
        recorded_at=at,
        means=means,
        sealed_reason=seal_text(reason.strip()),
        sealed_evidence=seal_text(evidence.strip()),
    )
    _record(version, by, "packet.receipt_recorded", at)
    _queue(notices.recorded(version, by), at)
    return version.receipt


@transaction.atomic
def accept_packet(*, version_id: int, by: Person, typed_name: str, at: datetime) -> PacketAnswer:
    """
    Accept a version after its receipt, or return the acceptance that the rep gave.

    Whoever declined may still accept. It binds content hash, version, name and time.

    :raises PacketRefused: it is somebody else's, has no receipt yet, was replaced, taken back or
        has expired, or the name differs
    """
    version = _version(version_id)
    _check_own(version, by)
    given = PacketAnswer.objects.filter(version=version, kind=Kind.ACCEPTED)
    if answer := given.first():
        return answer
    _check_name(typed_name, version.packet.rep)
    if not _claim(version, [State.RECEIVED, State.DECLINED], State.ACCEPTED):
        if answer := given.first():
            return answer
        raise PacketRefused(_not_answerable(version))
    answer = _answer(version, by, Kind.ACCEPTED, typed_name, "", at)
    _record(version, by, "packet.accepted", at)
    _queue(notices.accepted(version), at)
    return answer


@sensitive_variables("reason")
@transaction.atomic
def decline_packet(
    *, version_id: int, by: Person, typed_name: str, reason: str, at: datetime
) -> PacketAnswer:
    """
    Decline a version after its receipt, with a reason, which is sealed: it may quote figures.

    RevOps and the manager get a mail without the reason.

    :raises PacketRefused: it is somebody else's, has no receipt yet, is answered, was replaced,
        taken back or has expired, there is no reason, or the name differs
    """
    version = _version(version_id)
    _check_own(version, by)
    if not reason.strip():
        raise PacketRefused(_("Say why you decline, so that somebody can do something about it."))
    _check_name(typed_name, version.packet.rep)
    if not _claim(version, [State.RECEIVED], State.DECLINED):
        raise PacketRefused(_not_answerable(version))
    answer = _answer(version, by, Kind.DECLINED, typed_name, reason.strip(), at)
    _record(version, by, "packet.declined", at)
    readers = {person.pk: person for person in notices.revops()}
    rep = version.packet.rep
    manager = rep.manager
    # A planner or executive who has reports opens no packet of theirs; nor does a new manager yet
    opens = manager and not (manager.is_planner or manager.is_executive or rep.has_new_manager)
    if manager and is_here(manager, at) and opens:
        readers[manager.pk] = manager
    readers.pop(by.pk, None)
    tell(drafts=notices.declined(version, answer.pk, list(readers.values())), at=at)
    return answer


def _version(version_id: int) -> PacketVersion:
    return PacketVersion.objects.select_related("packet__rep__manager", "packet__kickoff").get(
        pk=version_id
    )


def _check_own(version: PacketVersion, by: Person) -> None:
    if version.packet.rep_id != by.pk:
        raise PacketRefused(_("Only the rep answers for their packet."))


def _check_name(typed_name: str, rep: Person) -> None:
    if not is_name_of(typed_name, rep.full_name, rep.preferred_name):
        raise PacketRefused(
            _("Type your name as in the packet: %(name)s.") % {"name": rep.full_name}
        )


def _claim_receipt(version: PacketVersion, received_at: datetime) -> bool:
    """Only one call puts the receipt on a version; one that has expired stays expired."""
    unsigned = PacketVersion.objects.filter(
        pk=version.pk,
        state__in=[State.RELEASED, State.VIEWED, State.EXPIRED],
        received_at=None,
    )
    return bool(
        unsigned.update(
            state=Case(
                When(state=State.EXPIRED, then=Value(State.EXPIRED)), default=Value(State.RECEIVED)
            ),
            received_at=received_at,
            viewed_at=Coalesce(F("viewed_at"), received_at),
        )
    )


def _claim(version: PacketVersion, states: list[State], state: State) -> bool:
    return bool(PacketVersion.objects.filter(pk=version.pk, state__in=states).update(state=state))


@sensitive_variables("reason")
def _answer(
    version: PacketVersion, by: Person, kind: Kind, typed_name: str, reason: str, at: datetime
) -> PacketAnswer:
    return PacketAnswer.objects.create(
        version=version,
        person=by,
        kind=kind,
        typed_name=" ".join(typed_name.split()),
        content_hash=version.content_hash,
        sealed_reason=seal_text(reason),
        at=at,
    )


def _record(version: PacketVersion, by: Person, verb: str, at: datetime) -> None:
    record_entry(
        by=by,
        verb=verb,
        at=at,
        subject=version.packet.rep,
        object=version.packet,
        note=_("version %(number)d") % {"number": version.number},
    )


def _queue(mail: NoticeDraft, at: datetime) -> None:
    tell(drafts=[mail], at=at)


def _not_signable(version: PacketVersion) -> str:
    version.refresh_from_db(fields=["state", "received_at"])
    if gone := _gone(version):
        return gone
    if version.is_signed:
        return _("The receipt for this version was given already.")
    return _("This version cannot be signed.")


def _not_answerable(version: PacketVersion) -> str:
    version.refresh_from_db(fields=["state", "received_at"])
    if gone := _gone(version):
        return gone
    if version.state == State.EXPIRED:
        return _("This version has ended. It stays in force until another replaces it.")
    if version.state in (State.RELEASED, State.VIEWED):
        return _("Sign the receipt first: it says that you got this version.")
    if version.state == State.ACCEPTED:
        return _("You accepted this version already.")
    if version.state == State.DECLINED:
        return _("You declined this version already. You can still accept it.")
    return _("This version cannot be answered.")


def _gone(version: PacketVersion) -> str:
    """Why a version no longer stands, if it does not."""
    if version.state == State.SUPERSEDED:
        said = _("Version %(number)d was replaced. Read and sign the version that replaced it.")
    elif version.state == State.RECALLED:
        said = _("Version %(number)d was taken back by RevOps. See what is in force now.")
    else:
        return ""
    return said % {"number": version.number}
