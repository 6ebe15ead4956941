"""What is asked at the kickoff of today: three questions, a wish, and times for reviews."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import queries
from events.packets.inquiries.models import (
    Inquiry,
    InquiryMessage,
    QuotaWish,
    ReviewSlot,
    SharedAnswer,
    SharedAnswerReader,
)
from events.packets.inquiries.rules import timing
from events.packets.inquiries.rules.concern import Scope
from events.packets.inquiries.rules.kinds import Kind, Route, usual_days
from events.sealing.rules import seal
from people.accounts.models import Person
from people.calendar.queries import calendar_of
from people.org.queries import reports_of
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_Entry, _State = InquiryMessage.Kind, Inquiry.State
_PLACE = "Table 4, behind the coffee bar"
_SLOTS = 8  # of 20 minutes, tomorrow morning
_LENGTH = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question, asked so long ago."""

    kind: str
    routed_to: str
    ago: timedelta
    text: str


_SHARED = _Asked(
    Kind.CALCULATION,
    Route.REVOPS,
    timedelta(days=5),
    "The curve jumps at 40%. If I end the year at 39%, do I lose everything below it?",
)
_OPEN = _Asked(
    Kind.TERRITORY,
    Route.MANAGER,
    timedelta(hours=3),
    "Halle aux Vins Dairy has moved its head office to Lille. Is the account still mine, and who"
    " signs the renewal in May?",
)
_OVERDUE = _Asked(
    Kind.CREDITING,
    Route.REVOPS,
    timedelta(days=8),
    "I closed the first year with a partner in December. Does the whole deal count for me, or the"
    " part without the partner?",
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Have Søren's reps ask, wish and take times; who has a packet is whoever can."""
    kickoff, manager = kickoffs.today, company["soren"]
    versions = {
        version.packet.rep_id: version
        for version in PacketVersion.objects.of(kickoff)
        .in_force()
        .filter(packet__rep__in=reports_of(manager, now))
        .select_related("packet__rep", "packet__kickoff")
    }
    aicha = versions.pop(company["aicha"].pk, None)
    others = [versions[pk] for pk in sorted(versions)]
    if aicha is None or len(others) < 3:
        return
    first, second, third = others[:3]
    _share(_ask(first, _SHARED, now), company["mateusz"], now)
    _ask(aicha, _OPEN, now)
    _chase(_ask(second, _OVERDUE, now), now)
    _wish(third, manager, now)
    _reviews(kickoff, manager, [first, second], now)


def _ask(version: PacketVersion, asked: _Asked, now: datetime) -> Inquiry:
    rep = version.packet.rep
    at = now - asked.ago
    if asked.ago >= timedelta(days=1):
        at = at.astimezone(ZoneInfo(rep.time_zone)).replace(hour=10, minute=15)
    inquiry = Inquiry(
        version=version,
        asked_by=rep,
        kind=asked.kind,
        routed_to=asked.routed_to,
        opened_at=at,
        due_at=timing.answer_due_at(
            at, usual_days(asked.kind), zone=ZoneInfo(rep.time_zone), calendars=[calendar_of(rep)]
        ),
    )
    inquiry.write(asked.text)
    inquiry.save()
    return inquiry


def _share(inquiry: Inquiry, by: Person, now: datetime) -> None:
    at = inquiry.opened_at + timedelta(days=1)
    _say(
        inquiry,
        _Entry.ANSWER,
        at,
        by,
        "Below the threshold nothing is paid, that is right. From 40% on you are paid from the"
        " first euro, so the jump is what you would have earned up to there.",
    )
    Inquiry.objects.filter(pk=inquiry.pk).update(state=_State.ANSWERED, answered_at=at)
    shared = SharedAnswer(
        inquiry=inquiry,
        scope=Scope.PLAN,
        published_by=by,
        published_at=at + timedelta(hours=1),
        reached_at=now,
    )
    shared.write(
        "Why does the payout jump at the threshold?",
        "Below the threshold there is no payout. Once you reach it you are paid from the first"
        " deal on, so the jump is what all deals up to there have earned. There is no second one.",
    )
    shared.save()
    SharedAnswerReader.objects.bulk_create(
        SharedAnswerReader(shared=shared, person=version.packet.rep, told_at=shared.published_at)
        for version in queries.versions_concerned(inquiry, Scope.PLAN, now)
    )


def _chase(inquiry: Inquiry, now: datetime) -> None:
    """Reminded of and taken further, as far as the time since allows."""
    rep = inquiry.asked_by
    zone = ZoneInfo(rep.time_zone)
    if inquiry.due_at > now:
        return
    inquiry.reminded_at = inquiry.due_at
    inquiry.escalates_at = timing.escalates_at(
        inquiry.due_at, zone=zone, calendars=[calendar_of(rep)]
    )
    _say(inquiry, _Entry.REMINDED, inquiry.due_at)
    if inquiry.escalates_at <= now:
        inquiry.escalated_at = inquiry.escalates_at
        _say(inquiry, _Entry.ESCALATED, inquiry.escalates_at)
    inquiry.save(update_fields=["reminded_at", "escalates_at", "escalated_at"])


def _say(
    inquiry: Inquiry, kind: str, at: datetime, by: Person | None = None, text: str = ""
) -> None:
    message = InquiryMessage(
        inquiry=inquiry, kind=kind, by=by, at=at, routed_to="" if by else Route.REVOPS
    )
    if text:
        message.write(text)
    message.save()


def _wish(version: PacketVersion, manager: Person, now: datetime) -> None:
    amount = version.read().quota.amount
    wish = QuotaWish(
        version=version,
        wished_by=version.packet.rep,
        wished_at=now - timedelta(days=1, hours=2),
        supports=True,
        sealed_comment=seal(
            "Two of the three renewals it was built on have gone to the partner channel.",
            settings.PACKET_KEYS,
        ),
        commented_by=manager,
        commented_at=now - timedelta(hours=20),
    )
    wish.write(
        (amount * Decimal("0.9")).quantize(Decimal(1)),
        "I take over in a region that had nobody since the summer: the pipeline that the quota"
        " assumes is not there before autumn.",
    )
    wish.save()


def _reviews(kickoff: Kickoff, manager: Person, takers: list[PacketVersion], now: datetime) -> None:
    begins = datetime.combine(kickoff.ends_date, time(9, 40), tzinfo=kickoff.zone)
    slots = [
        ReviewSlot(
            kickoff=kickoff,
            manager=manager,
            starts_at=begins + _LENGTH * n,
            ends_at=begins + _LENGTH * (n + 1),
            place=_PLACE,
            created_at=now - timedelta(days=2),
        )
        for n in range(_SLOTS)
    ]
    for slot, version in zip(slots[1::2], takers, strict=False):
        slot.rep, slot.version = version.packet.rep, version
        slot.taken_at = now - timedelta(days=1)
    ReviewSlot.objects.bulk_create(slots)
