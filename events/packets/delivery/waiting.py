"""What waits of packets: for their reps, for who approves them, and on the desk of RevOps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from core.guards.watching import Watch
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.kickoff.queries import place, place_of
from events.packets.delivery.models import (
    PacketApprover,
    PacketRelease,
    PacketRound,
    PacketVersion,
    RoundQuestion,
)
from events.packets.delivery.queries import approvable
from people.accounts.models import Person
from people.waiting.rules import Waiting

State = PacketVersion.State
READ_WITHIN = timedelta(days=3)  # of what is released when the event is over
LIFTS_WITHIN = timedelta(minutes=10)  # an embargo that is over; the tick takes a minute or two

# No draft concerns its rep
RELEASED_TO = (
    "SELECT rep_id FROM events_packet WHERE id = {row}.packet_id AND {row}.released_at IS NOT NULL"
)
_APPROVERS = (
    "SELECT person_id FROM events_packetapprover JOIN events_packet"
    " ON events_packet.kickoff_id = events_packetapprover.kickoff_id"
)
WATCHED = (
    Watch("events_packet", "{row}.rep_id"),
    Watch("events_packetversion", RELEASED_TO),
    Watch("events_packetversion", f"{_APPROVERS} WHERE events_packet.id = {{row}}.packet_id"),
    Watch(
        "events_packetapproval",
        f"{_APPROVERS} JOIN events_packetversion ON events_packetversion.packet_id = events_packet.id"
        " WHERE events_packetversion.id = {row}.version_id",
    ),
    Watch("events_packetapprover", "{row}.person_id"),
    Watch("events_attendee", "{row}.person_id"),
    Watch("events_kickoff", "SELECT rep_id FROM events_packet WHERE kickoff_id = {row}.id"),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM events_packetapprover WHERE kickoff_id = {row}.id",
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Packets to read, to sign and to answer for their reps; to approve, by side. Two queries."""
    yield from _of_reps(people)
    yield from _of_approvers(people)


def find_on_desk(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    What stands on the desk of RevOps: how many packets of a kickoff, by what has to be done. What
    is with its approvers or under an embargo that runs waits for nobody here; what an approver asks
    about a round does. Two queries.
    """
    desk = [person for person in people if person.is_revops]
    if not desk:
        return
    for row in _piles(at):
        for pile in _PILES:
            if row[pile.name]:
                yield from (_of_pile(pile, row, person, at) for person in desk)
    asked = RoundQuestion.objects.filter(answered_at=None, round__closed_at=None)
    for one in asked.select_related("round__kickoff", "by"):
        yield from (_of_question(one, person) for person in desk)


def _of_question(asked: RoundQuestion, person: Person) -> Waiting:
    kickoff = asked.round.kickoff
    return Waiting(
        person_id=person.pk,
        kind="packets.question",
        title=_("Answer what %(name)s asks about the round") % {"name": asked.by.full_name},
        url=reverse("events:packets:delivery:desk", args=[kickoff.slug]) + "#questions",
        button=_("Answer"),
        since=asked.at,
        place=place_of(kickoff),
        is_private=True,
    )


# What somebody does with the version that they hold: kind, verb, place on the page
_BY_STATE = {
    State.RELEASED: ("packets.read", ""),
    State.VIEWED: ("packets.sign", "#receipt"),
    State.RECEIVED: ("packets.accept", "#answer"),
}


def _of_reps(people: Sequence[Person]) -> Iterator[Waiting]:
    on_roster = Attendee.objects.filter(
        kickoff=OuterRef("packet__kickoff"), person=OuterRef("packet__rep")
    ).carrying_quota()
    # What was taken back does not count: the rep may never have seen it
    before = (
        PacketVersion.objects.released()
        .filter(packet=OuterRef("packet"), number__lt=OuterRef("number"))
        .exclude(state=State.RECALLED)
    )
    # Any, since the annotations are no fields of the model
    versions: Any = (
        PacketVersion.objects.filter(
            state__in=_BY_STATE,
            packet__rep__in=people,
            packet__kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        )
        .annotate(rsvp=Subquery(on_roster.values("rsvp")[:1]), is_new_one=Exists(before))
        .exclude(rsvp=None)
        .select_related("packet__kickoff")
        .defer("sealed")
    )
    return (_of_rep(version) for version in versions)


def _of_rep(version: Any) -> Waiting:
    kickoff, state = version.packet.kickoff, version.state
    kind, anchor = _BY_STATE[state]
    receipt = state != State.RECEIVED
    leave = kickoff.closes_at
    # Of what comes out after the event, nobody could sign before they left
    in_time = version.released_at < leave
    due_at = leave if in_time else version.released_at + READ_WITHIN
    return Waiting(
        person_id=version.packet.rep_id,
        kind=kind,
        title=_title(state, is_new_one=version.is_new_one),
        url=reverse("events:packets:delivery:mine", args=[kickoff.slug]) + anchor,
        button={
            State.RELEASED: _("Read"),
            State.VIEWED: _("Sign"),
            State.RECEIVED: _("Answer"),
        }[state],
        since=version.received_at or version.viewed_at or version.released_at,
        due_at=due_at if receipt else None,
        day=kickoff.ends_date if receipt and in_time else None,
        before_leaving=receipt and in_time and version.rsvp not in ("NO", "WAITING"),
        place=place_of(kickoff),
    )


def _title(state: str, *, is_new_one: bool) -> str:
    if state == State.RECEIVED:
        return _("Accept or decline your packet")
    if state == State.VIEWED:
        return _("Sign your packet’s receipt")
    if is_new_one:
        return _("Read the new version of your packet")
    return _("Read your packet and sign the receipt")


def _of_approvers(people: Sequence[Person]) -> Iterator[Waiting]:
    versions = approvable(OuterRef("kickoff"), OuterRef("person"), OuterRef("kind")).order_by()
    by_kickoff = versions.values("packet__kickoff").annotate(
        count=Count("pk"), since=Min("submitted_at")
    )
    # Any, since the annotations are no fields of the model
    approvers: Any = (
        PacketApprover.objects.filter(person__in=people)
        .exclude(kickoff__status=Kickoff.Status.ARCHIVED)
        .annotate(
            count=Subquery(by_kickoff.values("count")), since=Subquery(by_kickoff.values("since"))
        )
        .filter(count__gt=0)
        .select_related("kickoff")
    )
    return (_of_approver(approver) for approver in approvers)


def _of_approver(approver: Any) -> Waiting:
    title = ngettext("Approve %(count)d packet", "Approve %(count)d packets", approver.count)
    return Waiting(
        person_id=approver.person_id,
        kind="packets.approve",
        title=title % {"count": approver.count},
        url=reverse("events:packets:delivery:approval", args=[approver.kickoff.slug]),
        button=_("Look"),
        note=approver.get_kind_display(),
        since=approver.since,
        place=place_of(approver.kickoff),
        count=approver.count,
        is_private=True,
        comes_first=True,
    )


@dataclass(frozen=True, slots=True)
class _Pile:
    """What lies on the desk for one reason: which latest versions, since when, what has to be done."""

    kind: str
    which: Q
    since: str
    title: Promise
    page: str
    chosen: str = ""
    is_late: bool = False  # from the moment on since which it waits

    @property
    def name(self) -> str:
        return self.kind.replace(".", "_")


_PILES = (
    _Pile(
        "packets.declined",
        Q(state=State.DECLINED, is_replaced=False),
        "received_at",
        ngettext_lazy(
            "Look at %(count)d declined packet", "Look at %(count)d declined packets", "count"
        ),
        "desk",
        chosen="?state=DECLINED",
    ),
    _Pile(
        "packets.again",
        Q(state=State.DRAFT, submitted_at=None, was_sent=True),
        "drafted_at",
        ngettext_lazy(
            "Send %(count)d packet for approval again",
            "Send %(count)d packets for approval again",
            "count",
        ),
        "desk",
        chosen="?state=DRAFT",
    ),
    _Pile(
        "packets.draft",
        Q(state=State.DRAFT, submitted_at=None, was_sent=False),
        "drafted_at",
        ngettext_lazy(
            "Send %(count)d draft for approval", "Send %(count)d drafts for approval", "count"
        ),
        "desk",
        chosen="?state=DRAFT",
    ),
    _Pile(
        "packets.release",
        # No packet comes out of a kickoff that nobody may open yet
        Q(state=State.APPROVED, release=None) & ~Q(packet__kickoff__status=Kickoff.Status.DRAFT),
        "approved_at",
        ngettext_lazy(
            "Release %(count)d approved packet", "Release %(count)d approved packets", "count"
        ),
        "release",
    ),
    _Pile(
        "packets.confirm",
        Q(state=State.APPROVED, is_held=True),
        "release__held_at",
        ngettext_lazy(
            "Say when %(count)d packet comes out", "Say when %(count)d packets come out", "count"
        ),
        "desk",
        chosen="?state=EMBARGOED",
    ),
    _Pile(
        "packets.embargo",
        Q(state=State.APPROVED, is_stuck=True),
        "release__due_at",
        ngettext_lazy(
            "Let %(count)d packet out whose embargo is over",
            "Let %(count)d packets out whose embargo is over",
            "count",
        ),
        "desk",
        chosen="?state=EMBARGOED",
        is_late=True,
    ),
)


def _piles(at: datetime) -> Any:
    """One row a kickoff: its key and name, and for each pile how many and since when."""
    rep = {"kickoff": OuterRef("packet__kickoff"), "person": OuterRef("packet__rep")}
    newer = PacketVersion.objects.filter(
        packet=OuterRef("packet"), state__in=PacketVersion.UNRELEASED
    )
    in_a_round = PacketRound.versions.through.objects.filter(packetversion=OuterRef("pk"))
    its_release = PacketRelease.objects.waiting().filter(pk=OuterRef("release"))
    over = its_release.confirmed().filter(due_at__lte=at - LIFTS_WITHIN)
    return (
        PacketVersion.objects.filter(
            Exists(Attendee.objects.filter(**rep).carrying_quota()),
            state__in=[*PacketVersion.UNRELEASED, State.DECLINED],
        )
        .exclude(packet__kickoff__status=Kickoff.Status.ARCHIVED)
        .annotate(
            is_replaced=Exists(newer),
            was_sent=Exists(in_a_round),
            is_stuck=Exists(over),
            is_held=Exists(its_release.filter(held_at__isnull=False)),
        )
        .order_by()
        .values(slug=F("packet__kickoff__slug"), label=F("packet__kickoff__name"))
        .annotate(
            **{pile.name: Count("pk", filter=pile.which) for pile in _PILES},
            **{f"{pile.name}_since": Min(pile.since, filter=pile.which) for pile in _PILES},
        )
    )


def _of_pile(pile: _Pile, row: dict[str, Any], person: Person, at: datetime) -> Waiting:
    count, since = row[pile.name], row[f"{pile.name}_since"] or at
    return Waiting(
        person_id=person.pk,
        kind=pile.kind,
        title=str(pile.title % {"count": count}),
        url=reverse(f"events:packets:delivery:{pile.page}", args=[row["slug"]]) + pile.chosen,
        button=_("Open"),
        since=since,
        due_at=since if pile.is_late else None,
        place=place(row["slug"], row["label"]),
        count=count,
        is_private=True,
    )
