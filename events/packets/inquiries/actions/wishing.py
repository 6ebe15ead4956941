"""A wish for another quota: made, commented on by the manager, decided by RevOps."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import queries
from events.packets.inquiries.actions import notices
from events.packets.inquiries.actions.finding import lock_wish
from events.packets.inquiries.actions.refusals import InquiryRefused, clean, refuse_archived
from events.packets.inquiries.models import QuotaWish
from events.packets.inquiries.rules import texts
from events.sealing.rules import seal
from people.accounts.models import Person
from people.activity.actions import record_entry

State = QuotaWish.State


@sensitive_variables()
@transaction.atomic
def make_wish(
    *, version_id: int, amount: Decimal, reason: str, by: Person, at: datetime
) -> QuotaWish:
    """
    Wish for another quota than the version in hand holds, in its currency. The same wish twice
    at once is one.

    It stops nothing: the receipt can be signed, and the packet stays. RevOps and the manager get
    a mail without amount or reason.

    :raises InquiryRefused: it is not their packet, was replaced, or a wish is open; the amount is
        not above zero or is the quota that they have; no reason is given; or it is archived
    """
    version = PacketVersion.objects.select_related("packet__kickoff", "packet__rep").get(
        pk=version_id
    )
    kickoff = version.packet.kickoff
    refuse_archived(kickoff)
    if version.packet.rep_id != by.pk:
        raise InquiryRefused(_("Only its rep wishes for another quota."))
    if version.state not in PacketVersion.IN_FORCE:
        raise InquiryRefused(
            _("Version %(number)d was replaced. Look at the version that you have now.")
            % {"number": version.number}
        )
    reason = clean(reason)
    if amount <= 0:
        raise InquiryRefused(_("A quota is above zero."))
    if amount == version.read().quota.amount:
        raise InquiryRefused(_("That is the quota that you have."))
    if (made := queries.open_wish(version)) is not None:
        return _the_same(made, amount, reason)
    wish = QuotaWish(version=version, wished_by=by, wished_at=at)
    wish.write(amount, reason)
    try:
        with transaction.atomic():
            wish.save()
    except IntegrityError:
        # Another one was sent at the same time
        return _the_same(QuotaWish.objects.get(version=version, state=State.OPEN), amount, reason)
    record_entry(by=by, verb="wish.made", at=at, subject=by, object=wish)
    people = list(queries.revops_people(besides=by))
    manager = queries.able_manager(by, kickoff, at)
    if manager is not None and manager not in people:
        people.append(manager)
    notices.tell(
        people,
        wish.version.packet.kickoff,
        key=f"wish-made:{wish.pk}",
        subject=_("A wish for another quota"),
        text=_(
            "%(rep)s wishes for another quota at %(kickoff)s. The manager says whether they support"
            " it, RevOps decides.\n\nRead it here: %(url)s"
        )
        % {"rep": by.full_name, "kickoff": kickoff.name, "url": _url(wish)},
        at=at,
    )
    return wish


@transaction.atomic
def withdraw_wish(*, wish_id: int, by: Person, at: datetime) -> QuotaWish:
    """
    Take one's own wish back while it is open. Twice is once.

    :raises InquiryRefused: it is somebody else's, or is decided; or the kickoff is archived
    """
    wish = lock_wish(wish_id)
    if wish.wished_by_id != by.pk:
        raise InquiryRefused(_("This is somebody else’s wish."))
    if _open(wish).update(state=State.WITHDRAWN):
        record_entry(by=by, verb="wish.withdrawn", at=at, subject=by, object=wish)
    wish.refresh_from_db(fields=["state"])
    if wish.state != State.WITHDRAWN:
        raise InquiryRefused(_("This wish is decided already."))
    return wish


@sensitive_variables("comment")
@transaction.atomic
def comment_wish(
    *, wish_id: int, supports: bool, comment: str, by: Person, at: datetime
) -> QuotaWish:
    """
    Say as a manager up the line whether a wish is right. Until the decision it can be said anew.

    :raises InquiryRefused: they are no manager of the rep who may read it; it is decided; or the
        text is missing or too long; or the kickoff is archived
    """
    wish = lock_wish(wish_id)
    if not queries.is_manager_of(by, wish.wished_by_id):
        raise InquiryRefused(_("Only a manager of the rep comments on their wish."))
    comment = clean(comment, texts.LONGEST_NOTE)
    changed = _open(wish).update(
        supports=supports,
        sealed_comment=seal(comment, settings.PACKET_KEYS),
        commented_by=by,
        commented_at=at,
    )
    if not changed:
        raise InquiryRefused(_("This wish is decided already."))
    record_entry(by=by, verb="wish.commented", at=at, subject=wish.wished_by, object=wish)
    notices.tell(
        queries.revops_people(besides=by),
        wish.version.packet.kickoff,
        key=f"wish-commented:{wish.pk}:{at.isoformat()}",
        subject=_("A manager commented on a wish for another quota"),
        text=_("the manager of %(rep)s commented on their wish. Decide it here: %(url)s")
        % {"rep": wish.wished_by.full_name, "url": _url(wish)},
        at=at,
    )
    wish.refresh_from_db()
    return wish


@sensitive_variables("answer")
@transaction.atomic
def decide_wish(
    *, wish_id: int, is_granted: bool, answer: str, by: Person, at: datetime
) -> QuotaWish:
    """
    Grant or decline a wish as RevOps, with an answer. The packet stays as it is: after a grant
    RevOps drafts a new version. The same decision twice is one.

    :raises InquiryRefused: they are not RevOps, or it is their own; it is decided otherwise; no
        answer is written; or the kickoff is archived
    """
    wish = lock_wish(wish_id)
    if not by.is_revops or by.pk == wish.wished_by_id:
        raise InquiryRefused(_("RevOps decides wishes, and nobody their own."))
    answer = clean(answer, texts.LONGEST_NOTE)
    state = State.GRANTED if is_granted else State.DECLINED
    claimed = _open(wish).update(
        state=state,
        sealed_answer=seal(answer, settings.PACKET_KEYS),
        decided_by=by,
        decided_at=at,
    )
    wish.refresh_from_db()
    if not claimed:
        if wish.state == state and wish.decided_by_id == by.pk and wish.read().answer == answer:
            return wish
        raise InquiryRefused(_("This wish does not wait for a decision any more."))
    verb = "wish.granted" if is_granted else "wish.declined"
    record_entry(by=by, verb=verb, at=at, subject=wish.wished_by, object=wish)
    notices.tell(
        [wish.wished_by],
        wish.version.packet.kickoff,
        key=f"wish-decided:{wish.pk}",
        subject=_("Your wish for another quota has an answer"),
        text=_("RevOps answered your wish. Read it here: %(url)s") % {"url": _url(wish)},
        at=at,
    )
    return wish


def _open(wish: QuotaWish) -> QuerySet[QuotaWish]:
    return QuotaWish.objects.filter(pk=wish.pk, state=State.OPEN)


@sensitive_variables()
def _the_same(made: QuotaWish, amount: Decimal, reason: str) -> QuotaWish:
    said = made.read()
    if (said.amount, said.reason) == (amount, reason):
        return made
    raise InquiryRefused(_("A wish of yours is open already. Take it back to make another."))


def _url(wish: QuotaWish) -> str:
    return notices.url_of("wish", wish.version.packet.kickoff, wish_id=wish.pk)
