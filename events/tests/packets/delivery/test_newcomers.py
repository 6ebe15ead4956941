"""Who joins after packets went out gets a draft, and RevOps hears of it."""

from datetime import timedelta

import pytest

from events.attendance import hooks
from events.kickoff.models import Kickoff
from events.packets.delivery import queries
from events.packets.delivery.models import PacketVersion
from events.tests.factories import AttendeeFactory
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from events.tests.packets.delivery.parts import TITLE, prepare_plans
from people.mail.models import Message
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db


def join(kickoff, at=TUESDAY, **person):
    return AttendeeFactory(kickoff=kickoff, person=PersonFactory(**person), added_at=at).person


def test_a_rep_who_joins_after_the_release_is_a_newcomer(kickoff, released):
    late = join(kickoff)
    hired = join(kickoff, at=MONDAY - timedelta(days=9), hire_date=TUESDAY.date())
    join(kickoff, at=MONDAY - timedelta(days=9), hire_date=MONDAY.date())
    AttendeeFactory(kickoff=kickoff, added_at=TUESDAY, kind="STAFF")

    assert queries.newcomers(kickoff) == sorted([late.pk, hired.pk])


def test_before_the_first_release_nobody_is_one(kickoff):
    join(kickoff)

    assert queries.newcomers(kickoff) == []


def test_joining_drafts_a_packet_by_rule_and_tells_revops_once(kickoff, released):
    revops = RevOpsFactory()
    prepare_plans(kickoff)
    late = join(kickoff, job_title=TITLE)

    for _ in range(2):
        hooks.follow_roster(kickoff, TUESDAY)

    draft = PacketVersion.objects.get(packet__rep=late)
    assert draft.state == "DRAFT"
    assert draft.read().quota.amount == 900_000
    mail = Message.objects.get(key__startswith="packets-newcomers", person=revops)
    assert "1 rep joined" in mail.body
    assert "Drafts made: 1." in mail.body
    assert "900" not in mail.body


def test_without_plans_revops_is_told_of_the_same_people_once(kickoff, released):
    revops = RevOpsFactory()
    join(kickoff)

    for _ in range(2):
        hooks.follow_roster(kickoff, TUESDAY)

    mail = Message.objects.get(person=revops, key__startswith="packets-newcomers")
    assert "Drafts made: 0." in mail.body


def test_an_archived_kickoff_has_no_newcomers(kickoff, released):
    join(kickoff)
    kickoff.status = Kickoff.Status.ARCHIVED

    assert queries.newcomers(kickoff) == []
