from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agenda.panels import actions, queries
from agenda.panels.actions import PanelistDetails, PanelRefused, QuestionWords
from agenda.panels.models import AudienceQuestion, FollowUp, Panelist, PanelQuestion
from agenda.tests.factories import SessionPersonFactory
from agenda.tests.panels.factories import (
    IssueFactory,
    PanelFactory,
    PanelistFactory,
    PanelQuestionFactory,
)
from events.commitments.models import Commitment
from events.deals.models import Account
from events.tests.world import build_world
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 11, 10, tzinfo=UTC)  # three weeks before the event of the world


@pytest.fixture
def world():
    world = build_world()
    world.things["session"] = PanelFactory(kickoff=world.kickoff, title="Three customers")
    SessionPersonFactory(
        session=world.things["session"], person=world["other_manager"], part="FACILITATOR"
    )
    return world


@pytest.fixture
def session(world):
    return world.things["session"]


def url(name, session, **more):
    where = {"slug": session.kickoff.slug, "session_id": session.pk}
    return reverse(f"agenda:panels:{name}", kwargs=where | more)


def add(world, session, score=9, **details):
    said = {"name": "Maren Falk", "company": "Nordhavn", "score": score} | details
    return actions.add_panelist(
        session=session, details=PanelistDetails(**said), by=world["planner"], at=AT
    )


def test_the_class_of_a_panelist_is_that_of_their_score_in_the_database_too(world, session):
    panelist = add(world, session, score=6)
    assert panelist.standing == "DETRACTOR"
    with pytest.raises(IntegrityError), transaction.atomic():
        Panelist.objects.filter(pk=panelist.pk).update(standing="PROMOTER")


def test_a_company_may_come_from_the_account(world, session):
    account = Account.objects.create(name="Condax")
    panelist = add(world, session, company="", account=account)
    assert (panelist.company, panelist.account) == ("Condax", account)


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"name": " "}, "Say who it is"),
        ({"score": 11}, "from 0 to 10"),
        ({"prep_date": date(2027, 1, 20)}, "who holds the prep call"),
    ],
)
def test_a_panelist_is_refused_in_words(world, session, details, said):
    with pytest.raises(PanelRefused, match=said):
        add(world, session, **details)
    assert not Panelist.objects.exists()


def test_a_fourth_issue_is_refused_in_words(client, world, session):
    for words in ("One", "Two", "Three"):
        actions.add_issue(session=session, words=words, by=world["planner"], at=AT)
    client.force_login(world["planner"])

    page = client.post(url("add_issue", session), {"words": "Four"}, follow=True)

    assert "three issues at most" in page.content.decode()
    assert session.panel_issues.count() == 3


def test_an_issue_with_questions_is_not_taken_away(world, session):
    question = PanelQuestionFactory(issue=IssueFactory(session=session))
    with pytest.raises(PanelRefused, match="It has questions"):
        actions.remove_issue(issue=question.issue, by=world["planner"], at=AT)


def test_a_third_answer_to_a_question_is_refused(world, session):
    three = [PanelistFactory(session=session) for _ in range(3)]
    said = QuestionWords(issue=IssueFactory(session=session), words="Why?", answerers=three)
    with pytest.raises(PanelRefused, match="Two answer a question at most"):
        actions.add_question(session=session, said=said, by=world["planner"], at=AT)


def test_somebody_of_another_panel_answers_nothing_here(world, session):
    said = QuestionWords(
        issue=IssueFactory(session=session), words="Why?", answerers=[PanelistFactory()]
    )
    with pytest.raises(PanelRefused, match="another panel"):
        actions.add_question(session=session, said=said, by=world["planner"], at=AT)


def test_who_answers_keeps_what_they_agreed_to_when_a_question_is_changed(world, session):
    maren, jo = PanelistFactory(session=session), PanelistFactory(session=session)
    issue = IssueFactory(session=session)
    question = PanelQuestionFactory(issue=issue)
    said = QuestionWords(issue=issue, words="Why?", answerers=[maren])
    by = {"by": world["planner"], "at": AT}
    actions.update_question(question=question, said=said, position=1, **by)
    [answer] = maren.answers.all()
    actions.hold_call(
        panelist=maren, held_date=date(2027, 1, 10), notes="", agreed=[answer.pk], **by
    )

    said = QuestionWords(issue=issue, words="Why then?", answerers=[jo, maren])
    actions.update_question(question=question, said=said, position=1, **by)

    assert [(one.panelist, one.agreed) for one in question.answerers.all()] == [
        (jo, False),
        (maren, True),
    ]
    assert [one.words for one in queries.agreed_questions(maren)] == ["Why then?"]
    assert queries.agreed_questions(jo) == []


def test_questions_that_take_too_long_are_said_to(client, world, session):
    issue = IssueFactory(session=session)
    PanelQuestionFactory(issue=issue, minutes=50)
    client.force_login(world["planner"])
    said = {"issue": issue.pk, "words": "Why?", "tone": "BAD", "minutes": 20}

    page = client.post(url("add_question", session), said, follow=True).content.decode()

    assert "70 of 60 minutes" in page
    assert "10 too many" in page


def test_one_question_is_asked_at_a_time_and_begins_once(world, session):
    issue = IssueFactory(session=session)
    first, second = PanelQuestionFactory(issue=issue), PanelQuestionFactory(issue=issue)
    for question in (first, second, second):
        actions.begin_question(question=question, by=world["planner"], at=AT)

    states = dict(PanelQuestion.objects.values_list("pk", "state"))
    assert states == {first.pk: "ASKED", second.pk: "NOW"}
    assert Entry.objects.filter(verb="panel.question_begun").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        PanelQuestion.objects.update(state="NOW", begun_at=AT)


def test_a_follow_up_is_a_commitment_of_its_owner_from_the_panel(client, world, session):
    panelist = PanelistFactory(session=session, name="Maren Falk", company="Nordhavn")
    client.force_login(world["other_manager"])
    said = {
        "panelist": panelist.pk,
        "words": "Send the audit log",
        "owner": world["rep"].email,
        "by_date": "2030-02-12",
    }

    client.post(url("follow_up", session), said)

    made = Commitment.objects.get()
    assert (made.person, made.source, made.by_date) == (world["rep"], "PANEL", date(2030, 2, 12))
    assert made.done_when == "Maren Falk, Nordhavn, has heard from you"
    [one] = queries.promised(session)
    assert (one.words, one.is_done) == ("Send the audit log", False)
    assert FollowUp.objects.get().panelist == panelist


def test_a_follow_up_for_yesterday_is_refused_beside_the_form(client, world, session):
    panelist = PanelistFactory(session=session)
    client.force_login(world["planner"])
    said = {
        "panelist": panelist.pk,
        "words": "Send it",
        "owner": world["rep"].email,
        "by_date": "2020-01-01",
    }
    page = client.post(url("follow_up", session), said)
    assert (page.status_code, "That day is over" in page.content.decode()) == (422, True)
    assert not Commitment.objects.exists()


def test_what_the_audience_asks_appears_on_the_room_page_and_what_is_shown_does_not_come_again(
    world, session, client
):
    client.force_login(world["other_manager"])
    first = actions.hear_question(session=session, words="Would you?", by=None, at=AT)
    shown = {"heard": [first.pk, "²", "x"]}
    assert client.get(url("hear", session), shown).status_code == 204

    actions.hear_question(session=session, words="Why?", by=world["rep"], at=AT)
    page = client.get(url("hear", session), shown).content.decode()

    assert "Why?" in page
    assert "Would you?" not in page
    full = {"heard": range(1, queries.HEARD_SHOWN + 1)}
    assert client.get(url("hear", session), full).status_code == 204


def test_a_question_of_the_audience_is_taken_in_once(world, session):
    issue = IssueFactory(session=session)
    heard = actions.hear_question(session=session, words="Would you?", by=world["rep"], at=AT)
    said = QuestionWords(issue=issue, words=heard.words, minutes=4)
    actions.merge_question(heard=heard, said=said, by=world["planner"], at=AT)

    with pytest.raises(PanelRefused, match="Somebody else has dealt"), transaction.atomic():
        actions.merge_question(heard=heard, said=said, by=world["planner"], at=AT)

    question = PanelQuestion.objects.get()
    assert (question.words, question.from_audience) == ("Would you?", True)
    actions.remove_question(question=question, by=world["planner"], at=AT)
    assert AudienceQuestion.objects.get().state == "OPEN"


def test_what_is_sensitive_is_not_read_by_who_holds_the_call(client, world, session):
    panelist = add(world, session, sensitive="Their lawsuit", prep_by=world["manager"])
    prep = url("prep", session, panelist_id=panelist.pk)

    def reads(role):
        client.force_login(world[role])
        return "Their lawsuit" in client.get(prep).content.decode()

    assert [reads(role) for role in ("manager", "other_manager", "planner")] == [False, True, True]


def test_a_call_is_noted_on_a_day_that_has_been(world, session):
    panelist = add(world, session)
    with pytest.raises(PanelRefused, match="is to come"):
        actions.hold_call(
            panelist=panelist,
            held_date=date(2027, 1, 12),
            notes="",
            agreed=[],
            by=world["planner"],
            at=AT,
        )


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"score": 101, "answers": 9, "measured_date": date(2027, 1, 1)}, "from −100 to 100"),
        ({"score": 31, "answers": 0, "measured_date": date(2027, 1, 1)}, "how many customers"),
        ({"score": 31, "answers": 9, "measured_date": date(2027, 2, 1)}, "is to come"),
    ],
)
def test_the_nps_of_all_customers_is_one_that_was_measured(world, said, refusal):
    with pytest.raises(PanelRefused, match=refusal):
        actions.set_base(kickoff=world.kickoff, **said, by=world["planner"], at=AT)


def test_a_panel_without_a_detractor_says_so_on_its_page_and_its_session(client, world, session):
    add(world, session, score=9)
    add(world, session, score=7)
    client.force_login(world["planner"])
    detail = reverse("agenda:sessions:detail", args=[session.kickoff.slug, session.pk])
    for page in (url("panel", session), url("run", session), detail):
        text = client.get(page).content.decode()
        assert "This panel does not hear everybody" in text
        assert "nobody who would not recommend us" in text
    add(world, session, score=3)
    assert "does not hear everybody" not in client.get(url("panel", session)).content.decode()


def test_a_page_asks_as_much_for_many_as_for_few(
    client, world, session, django_assert_max_num_queries
):
    issue = IssueFactory(session=session)
    client.force_login(world["planner"])
    for _ in range(12):
        panelist = PanelistFactory(session=session, prep_by=world["manager"])
        actions.say_consent(panelist=panelist, places=["ROOM"], by=None, at=AT)
        actions.catch_quote(panelist=panelist, words="Yes.", by=world["planner"], at=AT)
        said = QuestionWords(issue=issue, words="Why?", answerers=[panelist])
        actions.add_question(session=session, said=said, by=world["planner"], at=AT)
        actions.hear_question(session=session, words="Why?", by=world["rep"], at=AT)
        actions.follow_up(
            panelist=panelist,
            owner=world["rep"],
            words="Send it",
            by_date=date(2030, 1, 1),
            by=world["planner"],
            at=AT,
        )
    pages = [url(name, session) for name in ("panel", "run")]
    for page in [*pages, reverse("agenda:panels:list", args=[session.kickoff.slug])]:
        client.get(page)
        with django_assert_max_num_queries(15):
            assert client.get(page).status_code == 200


def test_the_database_refuses_a_fourth_issue(session):
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueFactory(session=session, number=4)


def test_a_panelist_is_saved_as_the_form_shows_them(client, world, session):
    panelist = add(world, session, prep_by=world["manager"], prep_date=date(2027, 1, 20))
    client.force_login(world["planner"])
    page = url("panelist", session, panelist_id=panelist.pk)
    shown = client.get(page).context["form"]

    said = {one.name: one.value() if one.value() is not None else "" for one in shown}
    client.post(page, said | {"score": 3})

    panelist.refresh_from_db()
    assert (panelist.standing, panelist.prep_by) == ("DETRACTOR", world["manager"])
