"""What the mail of a day says: what is late, due today and this week, then what is new."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.models import Person
from people.bell.rules import NAMED, WAITS, daily_key
from people.mail.actions import Draft
from people.notices.hooks import someone
from people.notices.models import Notice
from people.waiting.rules import Place, Row, Waiting, When, grouped, row_of, tally, when

_TOLD = (When.LATE, When.TODAY, When.WEEK)


def shown_mails() -> Iterator[Draft]:
    """The mail of a day, for the page that shows it."""
    person, at = someone(), timezone.now()
    place = Place("open-lanes-fy27", "Open Lanes FY27", reverse("people:bell:show"))
    items = [
        Waiting(
            person_id=0,
            kind=kind,
            title=title,
            url=place.url,
            since=at,
            due_at=at + timedelta(days=days),
            note=note,
            place=place,
        )
        for kind, title, days, note in (
            ("prework.open", _("Price three renewals with the new packaging"), -8, _("20 minutes")),
            ("packets.sign", _("Sign your packet’s receipt"), 0.02, ""),
        )
    ]
    told = Notice(
        title=_("Deal clinic, round 3 moved to Delfshaven"), url=place.url, place_label=place.label
    )
    if (mail := daily_mail(person, items, [told], at.date(), at)) is not None:
        yield mail


def daily_mail(
    person: Person, items: Sequence[Waiting], news: Sequence[Notice], before: date, at: datetime
) -> Draft | None:
    """
    The mail of a day; None where nothing is late, due by the end of the week, or new since the
    day of the mail `before`.
    """
    zone = ZoneInfo(person.time_zone)
    told = [
        item
        for item in items
        if when(item, at, zone) in _TOLD or item.since.astimezone(zone).date() > before
    ]
    groups = grouped(told, at, zone)
    if not groups and not news:
        return None
    lines = [_("Hello %(name)s,") % {"name": person.display_name}, ""]
    lines += [f"{_head(groups, news, at)} {settings.SITE_URL}{reverse('people:bell:show')}", ""]
    for group, found in groups:
        lines += [f"{group.label}: {tally(found, at).total}", ""]
        lines += _named([_item(row_of(item, at, zone)) for item in found])
    if news:
        lines += [_("New: %(count)d") % {"count": len(news)}, ""]
        lines += _named([_news(notice) for notice in news])
    return Draft(
        key=daily_key(person.pk, at.astimezone(zone).date()),
        person=person,
        subject=_subject(groups, news, at),
        body="\n".join(lines).rstrip() + "\n",
        button=str(WAITS.button),
    )


Groups = Sequence[tuple[When, Sequence[Waiting]]]


def _subject(groups: Groups, news: Sequence[Notice], at: datetime) -> str:
    items = [item for _group, found in groups for item in found]
    first = str(items[0].title if items else news[0].title)
    total = tally(items, at).total + len(news)
    if total == 1:
        return first
    if not items:
        return ngettext(
            "%(count)d new thing: %(first)s", "%(count)d new things: %(first)s", total
        ) % {
            "count": total,
            "first": first,
        }
    waiting = tally(items, at)
    words = {"count": waiting.total, "late": waiting.late, "first": first}
    if waiting.late:
        return (
            ngettext(
                "%(count)d thing waits for you, %(late)d late: %(first)s",
                "%(count)d things wait for you, %(late)d late: %(first)s",
                waiting.total,
            )
            % words
        )
    return (
        ngettext(
            "%(count)d thing waits for you: %(first)s",
            "%(count)d things wait for you: %(first)s",
            waiting.total,
        )
        % words
    )


def _head(groups: Groups, news: Sequence[Notice], at: datetime) -> str:
    total = tally([item for _group, found in groups for item in found], at).total
    if not total:
        return _("This is new for you:")
    return ngettext(
        "%(count)d thing waits for you:",
        "%(count)d things wait for you:",
        total,
    ) % {"count": total}


def _named(entries: Sequence[list[str]]) -> Iterator[str]:
    for entry in entries[:NAMED]:
        yield from [*entry, ""]
    if len(entries) > NAMED:
        yield from [_("… and %(count)d more") % {"count": len(entries) - NAMED}, ""]


def _item(row: Row) -> list[str]:
    item = row.item
    facts = (row.words, item.note, item.place.label if item.place else "")
    return [item.title, f"{settings.SITE_URL}{item.url}", " · ".join(one for one in facts if one)]


def _news(notice: Notice) -> list[str]:
    link = [f"{settings.SITE_URL}{notice.url}"] if notice.url else []
    return [notice.title, *link, *([notice.place_label] if notice.place_label else [])]
