"""One mail a person and working day, of everything that waits and is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from time import monotonic

from django.db import transaction

from core.due.rules import is_working_day
from people.accounts.models import Person
from people.bell import queries, rules
from people.bell.actions.writing import daily_mail
from people.bell.hooks import joined
from people.bell.models import Daily
from people.calendar.queries import calendars_of
from people.mail.actions import queue_messages
from people.notices.models import Notice
from people.notices.queries import choices_of_many
from people.notices.rules import Delivery
from people.waiting.queries import waiting_for

_PEOPLE = 250
_SECONDS = 40.0


class ClaimLost(Exception):
    """Another tick wrote these mails in the meantime; nothing of this batch was kept."""


def send_daily(at: datetime) -> dict[str, int]:
    """
    The part of the tick: queue the mail of the day for whoever is past 08:30 on a working day.

    Claim, what is sent with it, message and record are rows of one transaction a batch of people,
    so a worker that dies has done a batch altogether or not at all, and ticks that overlap or
    repeat send once. Nobody gets an empty mail. Ends after 40 s: the rest waits for the next tick.
    """
    counts, started = {"looked_at": 0, "mails": 0}, monotonic()
    while monotonic() - started < _SECONDS:
        looked_at, mails = _send_batch(at)
        if not looked_at:
            break
        counts["looked_at"] += looked_at
        counts["mails"] += mails
    return counts


@transaction.atomic
def _send_batch(at: datetime) -> tuple[int, int]:
    """The next people whose day has begun: how many were looked at, and how many get a mail."""
    before = _claim(list(queries.to_be_mailed(at)[:_PEOPLE]), at)
    people = list(before)
    if not people:
        return 0, 0
    calendars = calendars_of(people)
    working = [one for one in people if is_working_day(one.local_date(at), calendars[one.pk])]
    if not working:
        return len(people), 0
    with joined(working, at):
        waiting, news = waiting_for(working, at), _take_news(working)
        switched_off = choices_of_many([one.pk for one in working], [rules.WAITS.name])
        drafts = []
        for person in working:
            wants = switched_off.get((person.pk, rules.WAITS.name)) != Delivery.NEVER
            items = waiting[person.pk] if wants else []
            mail = daily_mail(person, items, news.get(person.pk, []), before[person], at)
            if mail is not None:
                drafts.append(mail)
        return len(people), queue_messages(drafts=drafts, at=at)


def _claim(people: Sequence[Person], at: datetime) -> dict[Person, date]:
    """
    Those of some people whom no other tick has taken, each with the day of the mail before:
    locked in one order, and waited for.
    """
    Daily.objects.bulk_create(
        [Daily(person=one, date=date.min) for one in people], ignore_conflicts=True
    )
    rows = Daily.objects.filter(person__in=people).select_for_update().order_by("pk")
    known = {row.pk: row.date for row in rows}
    mine = [one for one in people if known[one.pk] < one.local_date(at)]
    by_day: dict[date, list[int]] = defaultdict(list)
    for one in mine:
        by_day[one.local_date(at)].append(one.pk)
    for day, ids in by_day.items():
        if Daily.objects.filter(pk__in=ids, date__lt=day).update(date=day) != len(ids):
            raise ClaimLost
    return {one: known[one.pk] for one in mine}


def _take_news(people: Sequence[Person]) -> Mapping[int, list[Notice]]:
    """What is new for people and waited for this mail, by person, oldest first."""
    rows = Notice.objects.unread().filter(person__in=people, waits_for_mail=True)
    found: dict[int, list[Notice]] = defaultdict(list)
    for notice in rows.order_by("at", "pk"):
        found[notice.person_id].append(notice)
    taken = [notice.pk for notices in found.values() for notice in notices]
    Notice.objects.filter(pk__in=taken).update(waits_for_mail=False)
    return found
