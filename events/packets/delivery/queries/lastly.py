"""What happened last to a version: when, for sorting a list; and in words. No figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import CharField, DateTimeField, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.packets.delivery.models import (
    ApproverKind,
    PacketAnswer,
    PacketApproval,
    PacketRecall,
    PacketReturn,
    PacketVersion,
)

_Returned = PacketReturn.versions.through
# What is put on the version itself, in the order in which it happens
_STEPS: dict[str, Promise] = {
    "drafted_at": gettext_lazy("Drafted"),
    "submitted_at": gettext_lazy("Sent for approval"),
    "approved_at": gettext_lazy("Approved by both sides"),
    "released_at": gettext_lazy("Released"),
    "viewed_at": gettext_lazy("Opened"),
    "received_at": gettext_lazy("Receipt signed"),
    "superseded_at": gettext_lazy("Replaced"),
    "recalled_at": gettext_lazy("Taken back"),
}
_BACK, _AGAIN = "BACK ", "AGAIN"
_WORDS: dict[str, Promise] = {
    PacketAnswer.Kind.ACCEPTED: gettext_lazy("Accepted"),
    PacketAnswer.Kind.DECLINED: gettext_lazy("Declined"),
    _AGAIN: gettext_lazy("In force again"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """The last thing that happened to a version, and which sides have approved it."""

    at: datetime
    what: str
    approved: frozenset[str] = frozenset()


def last_at() -> Greatest:
    """When the last thing happened to the versions of a query, whatever it was."""
    drafted = F("drafted_at")  # always there: on SQLite the greatest of anything empty is empty
    marks = (
        _latest(PacketAnswer.objects.all(), "version", "at"),
        _latest(PacketApproval.objects.live(), "version", "at"),
        _latest(PacketRecall.objects.all(), "in_force", "at"),
        _latest(_Returned.objects.all(), "packetversion", "packetreturn__at"),
    )
    steps = [F(name) for name in _STEPS]
    return Greatest(*(Coalesce(one, drafted) for one in (*steps[1:], *marks)), drafted)


def last_things(versions: Mapping[int, PacketVersion]) -> dict[int, Happened]:
    """What happened last to each of some versions. One query."""
    found: dict[int, list[Happened]] = {pk: [] for pk in versions}
    marks = list(_marks(list(versions)))
    for pk, kind, at in marks:
        if kind in ApproverKind:
            found[pk].append(Happened(at, _("Approved: %(side)s") % {"side": _side(kind)}))
    for pk, version in versions.items():
        for name, what in _STEPS.items():
            if (at := getattr(version, name)) is not None:
                found[pk].append(Happened(at, str(what)))
    for pk, kind, at in marks:
        if kind not in ApproverKind:
            found[pk].append(Happened(at, _mark(kind)))
    sides: dict[int, set[str]] = {}
    for pk, kind, _at in marks:
        if kind in ApproverKind:
            sides.setdefault(pk, set()).add(kind)
    # Of two at one moment the later in this order: the second approval is that of both sides
    last = {
        pk: max(enumerate(things), key=lambda one: (one[1].at, one[0]))[1]
        for pk, things in found.items()
    }
    return {pk: replace(one, approved=frozenset(sides.get(pk, ()))) for pk, one in last.items()}


def _marks(version_ids: Sequence[int]) -> Iterator[tuple[int, str, datetime]]:
    """What was put on versions: approvals by their side, returns, answers, recalls that revived."""
    given = PacketApproval.objects.live().filter(version__in=version_ids)
    answers = PacketAnswer.objects.filter(version__in=version_ids)
    back = _Returned.objects.filter(packetversion__in=version_ids)
    recalls = PacketRecall.objects.filter(in_force__in=version_ids)
    returned = Concat(Value(_BACK), "packetreturn__kind", output_field=CharField())
    yield from (
        given.order_by()
        .values_list("version_id", "kind", "at")
        .union(
            answers.order_by().values_list("version_id", "kind", "at"),
            back.order_by().values_list("packetversion_id", returned, "packetreturn__at"),
            recalls.order_by().values_list("in_force_id", Value(_AGAIN), "at"),
            all=True,
        )
    )


def _mark(kind: str) -> str:
    if kind.startswith(_BACK):
        return _("Sent back: %(side)s") % {"side": _side(kind.removeprefix(_BACK))}
    return str(_WORDS[kind])


def _side(kind: str) -> str:
    return str(ApproverKind(kind).label)


def _latest(rows: QuerySet, of: str, at: str) -> Subquery:  # type: ignore[type-arg]  # rows of any kind
    mine = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Subquery(mine.annotate(last=Max(at)).values("last"), output_field=DateTimeField())
