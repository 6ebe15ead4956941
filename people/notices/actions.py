"""Telling people: the bell shows it at once, and a mail goes out as each of them chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.mail.actions import Draft, drop_waiting, queue_messages
from people.mail.models import Message
from people.mail.rules import one_line
from people.notices import rules
from people.notices.models import Choice, Notice
from people.notices.queries import choices_of_many
from people.notices.rules import Delivery, Kind
from people.waiting.rules import Place

_CHUNK = 500


class ChoiceRefused(Exception):
    """Nothing was chosen. The message is fit to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft(Draft):
    """
    Something to tell a person: a draft of its mail, whose subject is what the bell says and whose
    first address of ours is where it leads, else its place. `is_urgent` does not wait for the mail
    of a day.
    """

    kind: Kind
    place: Place | None = None
    is_urgent: bool = False


@transaction.atomic
def tell(*, drafts: Iterable[NoticeDraft], at: datetime) -> int:
    """
    Tell people something, inside the caller's transaction; return how many are new.

    Each gets a line in their bell and, as they chose for its kind, a mail at once, a line in their
    mail of the day, or none. A key that was told already is left as it is.
    """
    by_key = {draft.key: draft for draft in drafts}
    keys = list(by_key)
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        for known in (Notice.objects.filter(key__in=some), Message.objects.filter(key__in=some)):
            for key in known.values_list("key", flat=True):
                by_key.pop(key, None)
    if not by_key:
        return 0
    fresh = list(by_key.values())
    how = _deliveries(fresh)
    Notice.objects.bulk_create(
        [_notice(draft, how[draft.key], at) for draft in fresh],
        ignore_conflicts=True,
        batch_size=_CHUNK,
    )
    at_once = [draft for draft in fresh if how[draft.key] == Delivery.AT_ONCE]
    if at_once:
        queue_messages(drafts=[_mail(draft) for draft in at_once], at=at)
    return len(fresh)


@transaction.atomic
def choose_deliveries(*, person: Person, chosen: Mapping[Kind, str]) -> None:
    """
    Keep how a person wants to be mailed, by kind: all of it or nothing.

    :raises ChoiceRefused: something is not offered for its kind
    """
    for kind, way in chosen.items():
        if way not in kind.offered:
            raise ChoiceRefused(
                _("“%(kind)s” cannot be chosen that way. %(why)s")
                % {"kind": kind.label, "why": kind.needed}
            )
    # What is as ever is not kept, so that it follows the kind
    as_ever = [kind.name for kind, way in chosen.items() if way == kind.default]
    Choice.objects.filter(person=person, kind__in=as_ever).delete()
    Choice.objects.bulk_create(
        [
            Choice(person=person, kind=kind.name, delivery=way)
            for kind, way in chosen.items()
            if way != kind.default
        ],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["delivery"],
    )


def mark_read(*, notices: QuerySet[Notice], at: datetime) -> int:
    """Mark notices as read; return how many were new. What is read is mailed no more."""
    return notices.filter(read_at=None, at__lte=at).update(read_at=at, waits_for_mail=False)


@transaction.atomic
def call_off(*, notices: QuerySet[Notice], why: str, at: datetime) -> int:
    """
    Say no more of what is over: the bell has it as read, and a mail of it that has not left goes to
    nobody. Return how many were new.
    """
    keys = list(notices.values_list("key", flat=True))
    drop_waiting(keys=keys, why=why)
    return mark_read(notices=notices, at=at)


def forget_old(at: datetime) -> dict[str, int]:
    """The part of the tick: delete what the bell has kept for 90 days."""
    return {"forgotten": Notice.objects.past(at).delete()[0]}


def _mail(draft: NoticeDraft) -> Draft:
    return replace(draft, button=draft.button or str(draft.kind.button))


def _deliveries(drafts: list[NoticeDraft]) -> dict[str, Delivery]:
    chosen = choices_of_many(
        {draft.person.pk for draft in drafts}, {draft.kind.name for draft in drafts}
    )
    return {
        draft.key: rules.delivery(
            draft.kind,
            chosen.get((draft.person.pk, draft.kind.name)),
            is_urgent=draft.is_urgent,
        )
        for draft in drafts
    }


def _notice(draft: NoticeDraft, how: Delivery, at: datetime) -> Notice:
    return Notice(
        key=draft.key,
        person=draft.person,
        kind=draft.kind.name,
        title=one_line(draft.subject),
        url=rules.path_in(draft.body, settings.SITE_URL)
        or (draft.place.url if draft.place else ""),
        place_key=draft.place.key if draft.place else "",
        place_label=draft.place.label if draft.place else "",
        place_url=draft.place.url if draft.place else "",
        at=at,
        waits_for_mail=how == Delivery.DAILY,
    )
