"""Who is deleted takes along what was kept for them alone."""

from datetime import UTC, date, datetime

import pytest

from agenda.notes.models import Note
from events.commitments.models import ActionPlan, Commitment, Occurrence, WeeklyReview
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
        of_both = {"kickoff": world.kickoff, "person": person}
        ActionPlan.objects.create(**of_both, adopted_at=NOON)
        WeeklyReview.objects.create(**of_both, week_date=date(2027, 2, 5), opened_at=NOON)
        Note.objects.create(**of_both, text="Ask", written_at=NOON)
        made = Commitment.objects.create(**of_both, source="NOTE", words="Ask", made_at=NOON)
        Occurrence.objects.create(commitment=made)
    for manager, rep in ((gone, other), (other, gone), (other, world["rep"])):
        NoteDraft.objects.create(kickoff=world.kickoff, manager=manager, rep=rep, kept_at=NOON)

    gone.delete()

    assert [
        set(model.objects.values_list("person", flat=True))
        for model in (Notice, Choice, Daily, Standing)
    ] == [{other.pk}] * 4
    assert [
        list(model.objects.values_list("person", flat=True))
        for model in (ActionPlan, Commitment, WeeklyReview, Note)
    ] == [[other.pk]] * 4
    assert Occurrence.objects.count() == 1
    assert list(NoteDraft.objects.values_list("manager", "rep")) == [(other.pk, world["rep"].pk)]
