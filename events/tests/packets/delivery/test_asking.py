"""Approvers ask RevOps about a round while it waits, and RevOps answers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.tests.html import tight
from core.tests.races import at_once
from events.packets.delivery import actions, queries
from events.packets.delivery.models import RoundQuestion, seal_text
from events.packets.delivery.waiting import find_on_desk
from events.packets.records.actions.papers import forget
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from events.tests.packets.delivery.pages import text_of
from events.tests.packets.delivery.team import Team
from people.activity.actions import passage
from people.activity.models import Entry, Passage
from people.notices.models import Notice
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    team = Team(6)
    team.submit()
    return team


@pytest.fixture
def page(client, team):
    """A page of packets for somebody."""

    def read(name, person, method="get", *args, **data):
        client.force_login(person)
        url = reverse(f"events:packets:delivery:{name}", args=[team.kickoff.slug, *args])
        return tight(text_of(getattr(client, method)(url, data, follow=True)))

    return read


def ask(team, person=None, question="Were territories merged?", at=TUESDAY):
    approver = queries.approver_of(team.kickoff, (person or team.finance).pk)
    return actions.ask_about_round(approver=approver, question=question, at=at)


def waits(person):
    return [one for one in find_on_desk([person], TUESDAY) if one.kind == "packets.question"]


def test_exceptions_stand_beside_a_question_as_the_page_counts_them():
    late = Team(6)
    late.draft(*late.reps, effective_from=date(2027, 1, 20))
    late.submit()

    asked = ask(late)

    said = ["Were territories merged?", "Starts less than 30 days after it was sent: All"]
    assert asked.question().splitlines() == said
    assert "merged" not in asked.sealed_question


def test_a_question_waits_for_revops_until_it_is_answered_and_the_round_waits_on(team):
    asked = ask(team)

    (item,) = waits(team.revops)
    assert item.title == f"Answer what {team.finance.full_name} asks about the round"
    assert not waits(team.finance)
    assert team.waiting().count() == 6
    told = Notice.objects.get(key=f"packets-asked:{asked.pk}:{team.revops.pk}")
    assert "merged" not in told.title

    actions.answer_about_round(asked=asked, answer="Two were.", by=team.revops, at=TUESDAY)

    assert not waits(team.revops)
    asked.refresh_from_db()
    assert (asked.answer(), asked.answered_by) == ("Two were.", team.revops)
    assert Notice.objects.get(key=f"packets-answered:{asked.pk}").person == team.finance
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {"packets.round_asked", "packets.round_answered"}
    assert not Entry.objects.filter(note__contains="merged").exists()


def test_a_question_about_a_round_that_went_back_waits_for_nobody(team):
    ask(team)
    team.take_back()

    assert not waits(team.revops)
    with pytest.raises(actions.PacketRefused, match="No round waits any more"):
        ask(team, team.sales)


def test_one_question_at_a_time_and_one_answer(team):
    asked = ask(team)
    with pytest.raises(actions.PacketRefused, match="has not answered your last"):
        ask(team)
    with pytest.raises(actions.PacketRefused, match="Write an answer"):
        actions.answer_about_round(asked=asked, answer=" ", by=team.revops, at=TUESDAY)
    with pytest.raises(actions.PacketRefused, match="has 2001 characters; there is room for 2000"):
        actions.answer_about_round(asked=asked, answer="é" * 2001, by=team.revops, at=TUESDAY)
    actions.answer_about_round(asked=asked, answer="Two were.", by=team.revops, at=TUESDAY)

    with pytest.raises(actions.PacketRefused, match="answered already"):
        actions.answer_about_round(asked=asked, answer="No.", by=team.revops, at=TUESDAY)
    assert ask(team, question="And Asia?").question() == "And Asia?"


def test_an_empty_question_is_refused(team):
    with pytest.raises(actions.PacketRefused, match="Say what you want to know"):
        ask(team, question=" ")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_the_first_counts():
    team = Team(6)
    team.submit()
    asked = ask(team)

    def answer():
        try:
            actions.answer_about_round(asked=asked, answer="Yes.", by=team.revops, at=TUESDAY)
        except actions.PacketRefused:
            return False
        return True

    assert sorted(at_once(answer, times=2)) == [False, True]


def test_a_question_is_asked_and_answered_on_the_pages(team, page):
    assert "Say what you want to know." in page("ask", team.finance, "post")
    assert "RevOps is asked." in page("ask", team.finance, "post", question="Were they merged?")
    (asked,) = RoundQuestion.objects.all()

    desk = page("desk", team.revops)
    assert "Were they merged?" in desk
    done = page("answer_approver", team.revops, "post", asked.pk, answer="Two were.")
    assert f"{team.finance.full_name} has your answer." in done
    assert "Were they merged?" not in done

    assert "Two were." in page("approval", team.finance)
    other = page("approval", team.sales)
    assert "Two were." not in other
    assert "Were they merged?" not in other


def test_what_was_asked_and_answered_goes_with_what_a_round_told(team):
    asked = ask(team)
    actions.answer_about_round(asked=asked, answer="Two were.", by=team.revops, at=TUESDAY)

    with passage(reason=Passage.Reason.RETENTION, by=team.revops, at=TUESDAY, note="1 version"):
        forget([team.waiting().first().pk])

    asked.refresh_from_db()
    assert (asked.question(), asked.answer()) == ("Deleted under retention.",) * 2


def test_what_must_never_be_stored_of_questions_is_not(team):
    asked = ask(team)
    half = {"by": PersonFactory()}
    for wrong in (
        {"by": asked.by},
        {**half, "answered_at": TUESDAY},
        {**half, "answered_by": team.revops, "sealed_answer": "x"},
        {**half, "answered_by": team.revops, "answered_at": TUESDAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoundQuestion.objects.create(
                round=asked.round, at=MONDAY, sealed_question=seal_text("?"), **wrong
            )


def test_revops_alone_answers(client, team):
    asked = ask(team)
    url = reverse("events:packets:delivery:answer_approver", args=[team.kickoff.slug, asked.pk])

    for person, status in ((team.finance, 404), (PersonFactory(), 404), (RevOpsFactory(), 302)):
        client.force_login(person)
        assert client.post(url, {"answer": "Yes."}).status_code == status
