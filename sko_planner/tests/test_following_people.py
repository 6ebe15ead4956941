"""Eight days of a campaign with a rep who moves, leaves, comes back and is led anew."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from events.tests.world import build_world
from people.accounts.models import Person
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory
from reinforcement.tests.factories import STARTED, ActivityFactory, CampaignFactory
from reinforcement.touches.models import Touch

pytestmark = [pytest.mark.long, pytest.mark.django_db]
# Of each day: when something happens or is sent, and the hour before, when nothing may be
HOURS = (0, 6, 8, 9, 12, 13, 14, 20, 23)


def _at(day, hour):
    return datetime(2027, 2, day, hour, tzinfo=UTC)


def test_what_waits_follows_a_rep_through_eight_days_and_each_mail_leaves_by_day():
    world = build_world()
    campaign = CampaignFactory(kickoff=world.kickoff)
    # Monday 8 to Friday 12 and Monday 15 to Tuesday 16 February
    for offset in (4, 5, 6, 7, 8, 11, 12):
        ActivityFactory(
            campaign=campaign, day_offset=offset, title=f"Lesson {offset}", segment_kind="REP"
        )
    ActivityFactory(
        campaign=campaign, day_offset=12, local_hour=8, title="Talk", kind="MANAGER_FOLLOW_UP",
        segment_kind="REP",
    )  # fmt: skip
    rep, old_manager = world["rep"], world["manager"]
    new_manager = PersonFactory(time_zone="America/New_York", country="US")
    # A bare UPDATE each: nothing tells the campaign of it
    lives = {
        _at(8, 20): {"time_zone": "Asia/Tokyo", "country": "JP"},
        _at(12, 6): {"leave_date": date(2027, 2, 12)},
        _at(15, 12): {"leave_date": None, "time_zone": "America/Toronto", "country": "CA"},
        _at(15, 20): {"manager": new_manager},
    }

    said = StringIO()
    call_command("tick", at=STARTED.isoformat(), stdout=said)
    for moment in (_at(day, hour) for day in range(8, 17) for hour in HOURS):
        if moment in lives:
            Person.objects.filter(pk=rep.pk).update(**lives[moment])
        call_command("tick", at=moment.isoformat(), stdout=said)

    told = [message.sent_at for message in Message.objects.filter(person=rep).order_by("sent_at")]
    assert told == [
        _at(8, 9),  # nine in Lisbon: the first tick after half past eight
        _at(9, 0),  # nine in Tokyo
        _at(10, 0),
        _at(12, 0),  # Thursday was a holiday in Japan
        # Nothing on Monday: they have left. Back, it is Family Day in Ontario
        _at(16, 14),  # nine in Toronto
    ]
    talks = Message.objects.filter(
        body__contains=rep.full_name, person__in=[old_manager, new_manager]
    )
    assert [(one.person, one.sent_at) for one in talks] == [
        (new_manager, _at(16, 14))  # nine in New York
    ]
    assert Touch.objects.filter(person=rep).exclude(state="SENT").count() == 0
    assert len(mail.outbox) == Message.objects.count()
    notes = (
        Entry.objects.filter(verb="touches.followed").order_by("pk").values_list("note", flat=True)
    )
    assert [note.split(": ")[1] for note in notes] == [
        "0 planned, 6 moved, 0 handed on, 0 withdrawn, 0 returned",  # to Tokyo
        "0 planned, 0 moved, 0 handed on, 3 withdrawn, 0 returned",  # left
        "0 planned, 0 moved, 0 handed on, 0 withdrawn, 3 returned",  # back, in Toronto
        "0 planned, 0 moved, 1 handed on, 0 withdrawn, 0 returned",
    ]
    assert "error" not in said.getvalue()
