"""The life of a kickoff: drafted, opened to its people, ended, archived."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events.kickoff import hooks
from events.kickoff.actions.refusals import KickoffRefused, refuse_days
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

SLUG_LENGTH = 60


class Template(StrEnum):
    """What a new kickoff starts with."""

    SUMMIT = "SUMMIT"  # Acceleration Summit: bets, agenda, timeline, pre-work, 30-60-90 plan
    BLANK = "BLANK"


@transaction.atomic
def create_kickoff(
    *,
    name: str,
    theme: str,
    fiscal_year: str,
    starts_date: date,
    ends_date: date,
    venue: str,
    city: str,
    time_zone: str,
    format: str,
    currency: str,
    template: str,
    by: Person,
    at: datetime,
) -> Kickoff:
    """
    Create a draft that planners alone see, under a slug of its own made from the name.

    Acceleration Summit fills in all that the capabilities suggest, in the same transaction; Blank
    gives nothing.

    :raises KickoffRefused: the last day is before the first, or the days are out of all measure
    """
    refuse_days(starts_date, ends_date)
    kickoff = Kickoff(
        name=name,
        theme=theme,
        fiscal_year=fiscal_year,
        starts_date=starts_date,
        ends_date=ends_date,
        venue=venue,
        city=city,
        time_zone=time_zone,
        format=format,
        currency=currency,
        owner=by,
    )
    _save_under_free_slug(kickoff)
    record_entry(by=by, verb="kickoff.created", at=at, object=kickoff, note=name)
    if template == Template.SUMMIT:
        hooks.fill_summit(kickoff, by, at)
    return kickoff


@transaction.atomic
def open_kickoff(*, kickoff_id: int, by: Person, at: datetime) -> Kickoff:
    """
    Show a draft to the people on its roster. Opening an open one changes nothing.

    :raises KickoffRefused: its last day is over, or it has ended
    """
    kickoff = Kickoff.objects.get(pk=kickoff_id)
    if kickoff.status == Kickoff.Status.OPEN:
        return kickoff
    if at >= kickoff.closes_at:
        raise KickoffRefused(
            _("Its last day is over. Change the dates first, then open it to people.")
        )
    if not _step(kickoff, Kickoff.Status.DRAFT, status=Kickoff.Status.OPEN):
        raise KickoffRefused(_("Only a draft can be opened; this kickoff has ended."))
    record_entry(by=by, verb="kickoff.opened", at=at, object=kickoff)
    return kickoff


@transaction.atomic
def end_kickoff(*, kickoff_id: int, by: Person | None, at: datetime) -> bool:
    """
    End an open kickoff and start what follows; return whether this call ended it.

    `by` is None when the tick ends it. Ending twice, even at once, ends once: whoever's UPDATE
    finds it open runs what follows, in the same transaction.

    :raises KickoffRefused: it is a draft, or its doors have not opened yet
    """
    kickoff = Kickoff.objects.get(pk=kickoff_id)
    if kickoff.status == Kickoff.Status.DRAFT:
        raise KickoffRefused(_("People have not seen this kickoff yet. Open it first."))
    if kickoff.status == Kickoff.Status.OPEN and at < kickoff.doors_open_at:
        raise KickoffRefused(_("This kickoff has not begun, so it cannot end yet."))
    if not _step(kickoff, Kickoff.Status.OPEN, status=Kickoff.Status.ENDED, ended_at=at):
        return False
    record_entry(by=by, verb="kickoff.ended", at=at, object=kickoff)
    hooks.follow_end(kickoff, at)
    return True


@transaction.atomic
def set_doors(*, kickoff: Kickoff, opens: time, by: Person, at: datetime) -> Kickoff:
    """
    Say at which time of the first day the door opens, in the event's zone. Twice is as once.

    :raises KickoffRefused: the kickoff is archived
    """
    standing = Kickoff.objects.filter(pk=kickoff.pk).exclude(status=Kickoff.Status.ARCHIVED)
    if standing.exclude(doors_open_time=opens).update(doors_open_time=opens):
        note = f"{opens:%H:%M}"
        record_entry(by=by, verb="kickoff.doors_set", at=at, object=kickoff, note=note)
    elif not standing.exists():
        raise KickoffRefused(_("This kickoff is archived, so it no longer changes."))
    kickoff.doors_open_time = opens
    return kickoff


@transaction.atomic
def archive_kickoff(*, kickoff_id: int, by: Person, at: datetime) -> Kickoff:
    """
    Put a draft or an ended kickoff away. It can still be read, and no longer changes.

    :raises KickoffRefused: it is open to people
    """
    kickoff = Kickoff.objects.get(pk=kickoff_id)
    if kickoff.status == Kickoff.Status.ARCHIVED:
        return kickoff
    allowed = (Kickoff.Status.DRAFT, Kickoff.Status.ENDED)
    if not _step(kickoff, *allowed, status=Kickoff.Status.ARCHIVED):
        raise KickoffRefused(_("This kickoff is open to people. End it before you archive it."))
    record_entry(by=by, verb="kickoff.archived", at=at, object=kickoff)
    return kickoff


def end_due_kickoffs(at: datetime) -> dict[str, int]:
    """
    End each open kickoff whose last day is over at the venue; return how many as `ended`.

    A part of the tick. Each kickoff ends in a transaction of its own; after downtime the next tick
    catches up.
    """
    # A day of margin, since midnight at the venue may come before it does in UTC
    latest = at.date() + timedelta(days=1)
    candidates = Kickoff.objects.filter(status=Kickoff.Status.OPEN, ends_date__lte=latest)
    due = [kickoff.pk for kickoff in candidates.order_by("pk") if kickoff.closes_at <= at]
    return {"ended": sum(end_kickoff(kickoff_id=pk, by=None, at=at) for pk in due)}


def _step(kickoff: Kickoff, *states: str, **changes: object) -> bool:
    """Change a kickoff that is in one of the states; SQLite has no row locks, so by one UPDATE."""
    row = Kickoff.objects.filter(pk=kickoff.pk, status__in=states)
    if not row.update(**changes):
        return False
    for field, value in changes.items():
        setattr(kickoff, field, value)
    return True


def _save_under_free_slug(kickoff: Kickoff) -> None:
    """Save under the first free slug; two planners with one name at once both get one."""
    base = slugify(kickoff.name) or slugify(f"kickoff-{kickoff.fiscal_year}") or "kickoff"
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        kickoff.slug = f"{base[: SLUG_LENGTH - len(suffix)].rstrip('-')}{suffix}"
        if not Kickoff.objects.filter(slug=kickoff.slug).exists():
            try:
                with transaction.atomic():
                    kickoff.save(force_insert=True)
            except IntegrityError:
                # Taken between the look and the save; anything else is no matter of slugs
                if not Kickoff.objects.filter(slug=kickoff.slug).exists():
                    raise
            else:
                return
        number += 1
