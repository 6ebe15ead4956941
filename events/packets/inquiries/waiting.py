"""What waits of questions, wishes, shared answers and reviews; what they say is not read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.guards.watching import Watch
from events.kickoff.queries import place
from events.packets.delivery.waiting import RELEASED_TO
from events.packets.inquiries.queries import (
    NEWS_FOR,
    SOON,
    Open,
    open_reviews,
    open_threads,
)
from events.packets.inquiries.rules.kinds import Kind, Route
from people.accounts.models import Person
from people.waiting.rules import Waiting

# What lies in one inbox or on one page is one item a kickoff
_OF_PEOPLE = (
    "full_name",
    "manager_id",
    "confirmed_manager_id",
    "role",
    "is_active",
    "leave_date",
    "time_zone",
)
TOGETHER = {"inquiries.revops", "inquiries.wish", "inquiries.shared"}

_MANAGER = "SELECT manager_id FROM people_person WHERE id = {row}."
_REPORTS = "SELECT id FROM people_person WHERE manager_id = {row}."
WATCHED = (
    Watch("events_inquiry", "{row}.asked_by_id"),
    Watch("events_inquiry", f"{_MANAGER}asked_by_id"),
    Watch("events_quotawish", f"{_MANAGER}wished_by_id"),
    Watch("events_sharedanswerreader", "{row}.person_id"),
    Watch(
        "events_sharedanswer",
        "SELECT person_id FROM events_sharedanswerreader WHERE shared_id = {row}.id",
    ),
    Watch("events_reviewslot", "{row}.rep_id"),
    Watch("events_reviewslot", "{row}.manager_id"),
    Watch("events_reviewslot", f"{_REPORTS}manager_id"),
    Watch("events_packetversion", RELEASED_TO),
    Watch("events_attendee", "{row}.person_id"),
    Watch(
        "events_attendee",
        "SELECT manager_id FROM events_reviewslot WHERE rep_id = {row}.person_id",
    ),
    *(
        Watch("events_kickoff", one)
        for one in (
            "SELECT rep_id FROM events_packet WHERE kickoff_id = {row}.id",
            "SELECT manager_id FROM people_person WHERE id IN"
            " (SELECT rep_id FROM events_packet WHERE kickoff_id = {row}.id)",
            "SELECT manager_id FROM events_reviewslot WHERE kickoff_id = {row}.id",
        )
    ),
    *(
        Watch("people_person", one, _OF_PEOPLE)
        for one in (
            "{row}.id",
            "{row}.manager_id",
            f"{_REPORTS}id",
            "SELECT manager_id FROM events_reviewslot WHERE rep_id = {row}.id",
            "SELECT rep_id FROM events_reviewslot WHERE manager_id = {row}.id",
        )
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Questions for whoever holds them, answers for who asked, wishes for the manager and RevOps,
    times to choose and reviews within a day. Two queries.
    """
    known = {person.pk for person in people}
    revops = {person.pk for person in people if person.is_revops}
    piles: dict[tuple[int, str, str, int], list[Open]] = defaultdict(list)
    for one in (*open_threads(people, at), *open_reviews(people, at)):
        # What is late is counted apart from what is not
        part = -1 if one.due_at is not None and one.due_at <= at else 0
        for person_id, kind in _for_whom(one, revops):
            if person_id in known:
                key = (person_id, kind, one.slug, part if kind in TOGETHER else one.pk)
                piles[key].append(one)
    return (_item(person_id, kind, pile) for (person_id, kind, *_rest), pile in piles.items())


def _for_whom(one: Open, revops: set[int]) -> Iterable[tuple[int | None, str]]:
    """Whom something open waits for, and as what. Nobody answers or decides for themselves."""
    others = revops - {one.rep_id}
    if one.what == "QUESTION":
        if one.holder == Route.MANAGER:
            return [(one.manager_id, "inquiries.answer")]
        return [(person_id, "inquiries.revops") for person_id in others]
    if one.what == "WISH":
        decide = [(person_id, "inquiries.wish") for person_id in others]
        comments = one.holder == Route.MANAGER and one.manager_id not in revops
        return [(one.manager_id, "inquiries.comment"), *decide] if comments else decide
    if one.what == "SOON":
        return [(one.rep_id, "reviews.soon"), (one.manager_id, "reviews.soon")]
    return [(one.rep_id, _OF_REPS[one.what])]


_OF_REPS = {
    "ANSWERED": "inquiries.read",
    "SHARED": "inquiries.shared",
    "CHOOSE": "reviews.choose",
}


def _item(person_id: int, kind: str, pile: list[Open]) -> Waiting:
    first = min(pile, key=lambda one: one.due_at or one.since)
    is_own, count = person_id == first.rep_id, len(pile)
    title, button, url = _say(kind, first, count, is_own=is_own)
    return Waiting(
        person_id=person_id,
        kind="inquiries.answer" if kind == "inquiries.revops" else kind,
        title=title,
        url=url,
        button=button,
        note=_note(first) if count == 1 else "",
        since=min(one.since for one in pile),
        due_at=first.due_at,
        late_at=first.ends_at,
        begins_at=first.due_at - SOON if kind == "reviews.soon" and first.due_at else None,
        until=_until(kind, first),
        about_id=first.rep_id if count == 1 and not is_own else None,
        place=place(first.slug, first.label),
        count=count,
        # A manager whom RevOps has not confirmed learns of no question
        is_private=kind.startswith("inquiries."),
    )


def _until(kind: str, one: Open) -> datetime | None:
    if kind == "inquiries.read":
        return one.since + NEWS_FOR
    return {"reviews.choose": one.due_at, "reviews.soon": one.ends_at}.get(kind)


def _note(one: Open) -> str:
    if one.what in ("QUESTION", "ANSWERED"):
        return str(Kind(one.note).label)
    return (one.manager or "") if one.what == "CHOOSE" else one.note


def _say(kind: str, one: Open, count: int, *, is_own: bool) -> tuple[str, str, str]:
    """The title, the verb on the button, and where it is done."""
    name = {"name": one.rep}
    if kind in ("inquiries.answer", "inquiries.revops"):
        title = ngettext(
            "Answer a question of %(name)s", "Answer %(count)d questions about packets", count
        )
        url = _url("thread", one, one.pk) if count == 1 else _inbox(one)
        return title % {**name, "count": count}, _("Answer"), url
    if kind == "inquiries.wish":
        title = ngettext(
            "Decide on a wish of %(name)s for another quota",
            "Decide on %(count)d wishes for another quota",
            count,
        )
        url = _url("wish", one, one.pk) if count == 1 else _url("inbox", one)
        return title % {**name, "count": count}, _("Decide"), url
    if kind == "inquiries.comment":
        title = _("Say what you think of a wish of %(name)s for another quota")
        return title % name, _("Read"), _url("wish", one, one.pk)
    if kind == "inquiries.read":
        return _("Read the answer to your question"), _("Read"), _url("thread", one, one.pk)
    if kind == "inquiries.shared":
        title = ngettext(
            "Read an answer that concerns you too",
            "Read %(count)d answers that concern you too",
            count,
        )
        return title % {"count": count}, _("Read"), _url("answers", one)
    if kind == "reviews.choose":
        return _("Choose a time for your review"), _("Choose"), _url("review", one)
    if is_own:
        title = _("Review your packet with %(name)s") % {"name": one.manager}
        return title, _("Open"), _url("review", one)
    return _("Review the packet of %(name)s") % name, _("Open"), _url("slots", one)


def _inbox(one: Open) -> str:
    return f"{_url('inbox', one)}?state=waiting&with={Route.REVOPS}"


def _url(page: str, one: Open, *args: int) -> str:
    return reverse(f"events:packets:inquiries:{page}", args=[one.slug, *args])
