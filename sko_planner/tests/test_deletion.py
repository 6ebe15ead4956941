"""Who is deleted takes along what was kept for them alone, and who asks gets all of it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from agenda.notes.models import Note
from events.commitments.models import ActionPlan, Commitment, Occurrence, WeeklyReview
from events.prework.models import ItemComment, PreworkItem, QuizTry
from events.strategies.models import Strategy
from events.tests.factories import PreworkItemFactory, StrategyFactory
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
        _hand_in(world, person).attendances.all().delete()
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
    assert [
        list(model.objects.values_list(path, flat=True))
        for model, path in (
            (PreworkItem, "person"),
            (Strategy, "item__person"),
            (QuizTry, "item__person"),
            (ItemComment, "author"),
        )
    ] == [[other.pk]] * 4
    assert list(NoteDraft.objects.values_list("manager", "rep")) == [(other.pk, world["rep"].pk)]


def test_a_person_takes_what_is_kept_of_them_and_of_nobody_else(client):
    world, other = build_world(), PersonFactory()
    for person in (world["rep"], other):
        of_both = {"kickoff": world.kickoff, "person": person}
        whose = "Mine" if person == world["rep"] else "Theirs"
        ActionPlan.objects.create(**of_both, adopted_at=NOON)
        WeeklyReview.objects.create(**of_both, week_date=date(2027, 2, 5), opened_at=NOON)
        Note.objects.create(**of_both, text=f"{whose}: ask", written_at=NOON)
        made = Commitment.objects.create(**of_both, source="OWN", words=whose, made_at=NOON)
        Occurrence.objects.create(commitment=made)
        _hand_in(world, person, whose)

    client.force_login(world["rep"])
    answer = client.get(reverse("people:activity:export"))

    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Theirs" not in answer.content.decode()
    found = answer.json()
    assert found["account"]["email"] == world["rep"].email
    assert [one["words"] for one in found["commitments"]] == ["Mine"]
    assert [one["state"] for one in found["commitments"][0]["occurrences"]] == ["OPEN"]
    assert [one["text"] for one in found["notes"]] == ["Mine: ask"]
    assert [len(found[name]) for name in ("action_plans", "weekly_reviews")] == [1, 1]
    assert [one["text"] for one in found["prework"]] == ["Mine"]
    assert [(one["right_count"], one["question_count"]) for one in found["quiz_tries"]] == [(1, 2)]
    assert [one["draft"]["ask"] for one in found["win_strategies"]] == ["Mine"]
    assert [one["text"] for one in found["prework_comments"]] == ["Mine"]


def _hand_in(world, person, words="Said"):
    """Pre-work of somebody, with all that hangs on it; gives them."""
    item = PreworkItemFactory(assignment__kickoff=world.kickoff, person=person, text=words)
    StrategyFactory(item=item, deal=None, account="Marsanne", draft={"ask": words})
    QuizTry.objects.create(item=item, number=1, right_count=1, question_count=2, finished_at=NOON)
    ItemComment.objects.create(item=item, author=person, text=words, written_at=NOON)
    return person
