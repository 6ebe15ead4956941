"""Who is deleted takes along what was kept for them alone."""

from datetime import UTC, date, datetime

import pytest

from events.tests.world import build_world
from people.bell.models import Daily
from people.notices.models import Choice, Notice
from people.tests.factories import NoticeFactory, PersonFactory
from people.waiting.models import Standing
from reinforcement.coaching.models import NoteDraft

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)


def test_bell_choices_counts_and_drafts_go_with_their_person():
    world, gone, other = build_world(), PersonFactory(), PersonFactory()
    for person in (gone, other):
        NoticeFactory(person=person)
        Choice.objects.create(person=person, kind="waiting.daily", delivery="never")
        Daily.objects.create(person=person, date=date(2027, 2, 3))
        Standing.objects.create(person=person, renewed_at=NOON)
    for manager, rep in ((gone, other), (other, gone), (other, world["rep"])):
        NoteDraft.objects.create(kickoff=world.kickoff, manager=manager, rep=rep, kept_at=NOON)

    gone.delete()

    assert [
        set(model.objects.values_list("person", flat=True))
        for model in (Notice, Choice, Daily, Standing)
    ] == [{other.pk}] * 4
    assert list(NoteDraft.objects.values_list("manager", "rep")) == [(other.pk, world["rep"].pk)]
