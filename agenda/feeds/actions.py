"""The address of a person's calendar: made, made anew, taken down."""

from datetime import datetime

from django.db import transaction

from agenda.feeds.models import Feed
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def make_address(*, by: Person, at: datetime) -> Feed:
    """Make an address for one's own calendar; the one before it, if any, shows nothing any more."""
    feed, _is_new = Feed.objects.update_or_create(person=by, defaults={"made_at": at})
    record_entry(by=by, verb="calendar.address_made", at=at, subject=by, object=feed)
    return feed


@transaction.atomic
def take_address_down(*, by: Person, at: datetime) -> None:
    """Take one's address down. Where there is none nothing happens."""
    deleted, _rows = Feed.objects.filter(person=by).delete()
    if deleted:
        record_entry(by=by, verb="calendar.address_taken_down", at=at, subject=by)
