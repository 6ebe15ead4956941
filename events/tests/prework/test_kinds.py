"""What each kind of pre-work asks: a video really watched, a quiz, a text acknowledged, a file."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.prework import actions, queries, rules
from events.prework.actions import ChangedElsewhere, Details, PreworkRefused
from events.prework.models import AcceptedText, PreworkPlan, QuizAnswer, QuizTry, Watching
from events.prework.queries import over_minutes, quiz_for, segments
from events.prework.rendering import text_of
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    OpportunityFactory,
    PreworkItemFactory,
    QuestionFactory,
)
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory, TeamFactory
from people.waiting.queries import waiting_for_one

AT = datetime(2027, 1, 5, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj" + b"x" * 200
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 99


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(name, item, number=None):
    number = item.pk if number is None else number
    return reverse(f"events:prework:{name}", args=[item.assignment.kickoff.slug, number])


@pytest.mark.parametrize(
    "wrong",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/x.png)",
        "<img src=x onerror=alert(1)>",
        '[x](https://a.example "onclick=alert(1)")<iframe src="//evil.example"></iframe>',
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_markdown_brings_no_script_and_no_foreign_picture(wrong):
    html = str(text_of(wrong, {}))

    bad = ("<script", "<iframe", "<img src=x", 'href="javascript', 'src="http', 'src="data')
    assert not any(one in html for one in bad)


def test_markdown_shows_its_own_pictures_below_the_title_of_the_page():
    html = text_of("# Why\n\n![Map](Map.PNG) **now**\n\n| a |\n|---|\n| b |", {"map.png": "/f/1/"})

    assert "<h2>Why</h2>" in html
    assert '<img src="/f/1/" alt="Map" loading="lazy">' in html
    assert all(part in html for part in ("<strong>now</strong>", "<td>b</td>"))


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ([[0, 10], [5, 20]], [[0, 20]]),
        ([[30, 40], [0, 10]], [[0, 10], [30, 40]]),
        ([[10, 5], [-3, 2], [90, 300]], [[0, 2], [90, 100]]),
    ],
)
def test_seconds_count_once_wherever_the_playhead_was(spans, merged):
    assert rules.merge_spans(spans, 100) == merged


@pytest.mark.parametrize(
    ("items", "held"),
    [
        ([(1, True, False), (2, False, False), (3, False, False)], {3}),
        ([(1, False, True), (2, False, False)], set()),
        ([(1, False, False), (2, True, False), (3, False, True)], {3}),
    ],
)
def test_in_order_what_is_not_done_holds_up_what_comes_after(items, held):
    assert rules.held_up(items) == held


pytest_db = pytest.mark.django_db


@pytest_db
def test_a_video_is_done_when_it_was_seen_and_not_when_somebody_says_so(client):
    item = PreworkItemFactory(assignment__kind="WATCH")
    actions.add_file(
        assignment=item.assignment,
        upload=SimpleUploadedFile("Roadmap.mp4", MP4),
        by=PlannerFactory(),
        at=AT,
    )

    def report(start, end, at):
        return actions.report_watched(
            item_id=item.pk, spans=[[start, end]], resume=end, length=100, by=item.person, at=at
        )

    assert report(0, 100, AT).percent == 30  # nobody sees it all at once
    with pytest.raises(PreworkRefused, match="watched 30%"):
        actions.mark_done(item_id=item.pk, by=item.person, at=AT)
    assert report(0, 30, AT + timedelta(minutes=5)).percent == 30
    assert report(30, 89, AT + timedelta(minutes=10)).percent == 89
    item.refresh_from_db()
    assert not item.is_done
    report(89, 91, AT + timedelta(minutes=11))
    item.refresh_from_db()
    assert item.is_done
    client.force_login(item.person)
    for bad in ("x", "[]", '{"spans": [[0]], "resume": 0, "length": 9}', '{"spans": 1}'):
        answer = client.post(page("watched", item), bad, content_type="application/json")
        assert answer.status_code == 422
    nan = json.dumps({"spans": [[0, 1]], "resume": float("nan"), "length": 100})
    answer = client.post(page("watched", item), nan, content_type="application/json")
    assert answer.status_code == 422
    assert Watching.objects.get().percent == 91
    film = item.assignment.files.get()
    part = client.get(page("file", item, film.pk), headers={"range": "bytes=4-7"})
    assert (part.status_code, part.headers["Content-Type"]) == (206, "video/mp4")
    client.force_login(PersonFactory())
    assert client.get(page("file", item, film.pk)).status_code == 404


@pytest.fixture
def quiz_item():
    item = PreworkItemFactory(
        assignment__kind="QUIZ", assignment__quiz_count=2, assignment__quiz_tries=2
    )
    topic = QuestionFactory(topic__kickoff=item.assignment.kickoff).topic
    QuestionFactory(topic=topic)
    QuestionFactory(topic=topic, held_out=True)
    return item


def answers(item, right):
    quiz = quiz_for(item)
    return {q.pk: q.choices.get(position=1 if right else 2).pk for q in quiz.questions}


def take(item, number, chosen, by=None):
    return actions.take_quiz(
        item_id=item.pk, number=number, chosen=chosen, by=by or item.person, at=AT
    )


@pytest_db
def test_a_quiz_is_kept_by_question_and_done_when_passed_or_out_of_tries(quiz_item):
    assert not any(q.held_out for q in quiz_for(quiz_item).questions)
    wrong = answers(quiz_item, right=False)
    assert take(quiz_item, 1, wrong).percent == 0
    quiz_item.refresh_from_db()
    assert not quiz_item.is_done
    with pytest.raises(PreworkRefused, match="in another window already"):
        take(quiz_item, 1, wrong)

    take(quiz_item, 2, answers(quiz_item, right=True))
    quiz_item.refresh_from_db()
    assert quiz_item.is_done
    with pytest.raises(PreworkRefused, match="no try left"):
        take(quiz_item, 3, wrong)
    assert (QuizTry.objects.count(), QuizAnswer.objects.filter(is_right=True).count()) == (2, 2)


@pytest_db
def test_a_quiz_takes_no_half_foreign_or_held_out_answers(quiz_item):
    right = answers(quiz_item, right=True)
    question, other = right
    foreign = QuestionFactory()

    with pytest.raises(PreworkRefused, match="is open"):
        take(quiz_item, 1, {question: right[question]})
    with pytest.raises(PreworkRefused, match="of another quiz"):
        take(quiz_item, 1, {**right, question: right[other]})
    with pytest.raises(PreworkRefused, match="of another quiz"):
        take(quiz_item, 1, {**right, foreign.pk: foreign.choices.first().pk})
    with pytest.raises(PreworkRefused, match="somebody else"):
        take(quiz_item, 1, right, by=PersonFactory())
    assert not QuizTry.objects.exists()


@pytest_db
def test_a_text_is_acknowledged_with_its_version_and_kept_as_it_was():
    assignment = AssignmentFactory(kind="ACCEPT", body="Travel in **economy**.", is_typed=True)
    first, second = (PreworkItemFactory(assignment=assignment) for _ in range(2))

    def accept(item, name):
        return actions.accept_text(item_id=item.pk, typed_name=name, by=item.person, at=AT)

    with pytest.raises(PreworkRefused, match="Type your name"):
        accept(first, "Somebody Else")
    accept(first, f"  {first.person.full_name.upper()} ")
    assignment.body = "Travel by train."
    assignment.save(update_fields=["body"])
    accepted = accept(second, second.person.full_name)

    assert accepted.accepted.version == 2
    texts = list(AcceptedText.objects.values_list("version", "text"))
    assert texts == [(1, "Travel in **economy**."), (2, "Travel by train.")]


@pytest_db
def test_a_file_is_known_by_its_content_and_read_by_the_managers_above(client):
    manager = PersonFactory()
    item = PreworkItemFactory(assignment__kind="UPLOAD", person=PersonFactory(manager=manager))
    client.force_login(item.person)

    page_text = client.post(
        page("item", item), {"upload": SimpleUploadedFile("Plan.pdf", b"<html><script>")}
    ).content.decode()
    assert "is not what its name says" in page_text
    client.post(page("item", item), {"upload": SimpleUploadedFile("Plan.pdf", PDF)})
    item.refresh_from_db()
    assert (item.state, item.file.name) == ("DONE", "Plan.pdf")
    sent = client.get(page("handed", item))
    assert sent.headers["Content-Disposition"].startswith("attachment")
    client.force_login(PersonFactory())
    assert client.get(page("handed", item)).status_code == 404


@pytest_db
def test_of_two_windows_the_later_overwrites_no_answer(client):
    item = PreworkItemFactory(assignment__kind="SUBMIT")
    draft = {"text": "First window", "link": "", "version": "1"}
    client.force_login(item.person)
    kept = client.post(page("draft", item), draft)
    assert kept.json()["version"] == 2
    assert client.post(page("draft", item), {**draft, "text": "x"}).status_code == 409
    with pytest.raises(ChangedElsewhere):
        actions.submit_work(item_id=item.pk, text="x", seen=1, by=item.person, at=AT)

    answer = client.post(page("item", item), {"text": "Second", "link": "", "version": "1"})
    assert "another window" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()
    client.post(page("item", item), {"text": "Second", "link": "", "version": "2"})
    item.refresh_from_db()
    assert (item.text, item.draft, item.version) == ("Second", {}, 3)


@pytest_db
def test_what_opens_later_or_comes_after_is_not_done_yet_and_optional_never_waits():
    first = PreworkItemFactory(assignment__opens_date=date(2027, 1, 6))
    kickoff, person = first.assignment.kickoff, first.person
    later = AssignmentFactory(kickoff=kickoff, due_at=datetime(2027, 1, 17, tzinfo=UTC))
    second = PreworkItemFactory(assignment=later, person=person)
    extra = AssignmentFactory(kickoff=kickoff, is_optional=True, minutes=500)
    PreworkItemFactory(assignment=extra, person=person)

    with pytest.raises(PreworkRefused, match="opens on"):
        actions.mark_done(item_id=first.pk, by=person, at=AT)
    actions.plan_prework(
        kickoff=kickoff, is_in_order=True, most_minutes=30, by=PlannerFactory(), at=AT
    )
    with pytest.raises(PreworkRefused, match="goes in order"):
        actions.mark_done(item_id=second.pk, by=person, at=AT)
    actions.mark_done(item_id=first.pk, by=person, at=AT + timedelta(days=1))
    actions.mark_done(item_id=second.pk, by=person, at=AT + timedelta(days=1))
    assert waiting_for_one(person, AT + timedelta(days=2)) == []
    assert (over_minutes(kickoff, AT), PreworkPlan.objects.count()) == (0, 1)
    extra.is_optional = False
    extra.save(update_fields=["is_optional"])
    assert over_minutes(kickoff, AT) == 1


@pytest_db
def test_a_planner_is_told_what_an_assignment_lacks():
    assignment = AssignmentFactory()

    def details(**changes):
        return Details(**{"kind": "READ", "title": "T", "due_date": date(2027, 1, 15), **changes})

    for wrong, said in (
        (details(opens_date=date(2027, 1, 16)), "opens after it is due"),
        (details(kind="ACCEPT"), "Write the text"),
        (details(kind="QUIZ"), "no question for it"),
    ):
        with pytest.raises(PreworkRefused, match=said):
            actions.draft_prework(
                kickoff=assignment.kickoff, details=wrong, by=PlannerFactory(), at=AT
            )


@pytest_db
def test_an_assignment_reaches_team_tenure_deals_and_session(monkeypatch):
    assignment = AssignmentFactory()
    kickoff = assignment.kickoff
    team = TeamFactory()
    people = {
        "new": PersonFactory(team=team, hire_date=date(2026, 6, 1)),
        "settled": PersonFactory(team=team, hire_date=date(2020, 6, 1)),
        "unknown": PersonFactory(),
        "seller": PersonFactory(hire_date=date(2019, 1, 1)),
    }
    for person in people.values():
        AttendeeFactory(kickoff=kickoff, person=person)
    OpportunityFactory(owner=people["seller"])
    OpportunityFactory(owner=people["new"], stage="WON")
    monkeypatch.setattr(
        segments, "people_of_session", lambda _kickoff, pk: {7: [people["new"].pk]}.get(pk, [])
    )

    def reached(**segment):
        for field in ("team", "tenure", "has_deals", "session"):
            empty = {"tenure": "", "has_deals": False}.get(field)
            setattr(assignment, f"segment_{field}", segment.get(field, empty))
        ids = set(queries.audience(assignment, AT).values_list("person_id", flat=True))
        return {name for name, person in people.items() if person.pk in ids}

    assert reached() == set(people)
    assert reached(team=team) == {"new", "settled"}
    assert reached(tenure="NEW") == {"new"}
    assert reached(tenure="SETTLED") == {"settled", "unknown", "seller"}
    assert reached(has_deals=True) == {"seller"}
    assert reached(session=7) == {"new"}
    assert reached(session=8) == set()


@pytest_db
def test_boards_say_who_is_how_far_by_region_and_as_a_file(client, django_assert_max_num_queries):
    manager, planner = PersonFactory(), PlannerFactory()
    assignment = AssignmentFactory(title="=Read me")
    kickoff = assignment.kickoff
    for n in range(3):
        region = RegionFactory(name=f"Region {n}")
        person = PersonFactory(manager=manager if n else None, region=region)
        done = {"state": "DONE", "done_at": AT} if n else {}
        PreworkItemFactory(assignment=assignment, person=person, **done)
    AttendeeFactory(kickoff=kickoff, person=manager)

    parts = [
        (part.name, part.progress.done)
        for part in queries.by_region(queries.slices_of(assignment, AT))
    ]
    assert parts == [("Region 0", 0), ("Region 1", 1), ("Region 2", 1)]
    address = reverse("events:prework:export", args=[kickoff.slug])
    lines = {}
    for who in (manager, planner):
        client.force_login(who)
        with django_assert_max_num_queries(15):
            lines[who] = client.get(address).content.decode().splitlines()
    assert (len(lines[manager]), len(lines[planner])) == (3, 5)
    assert "'=Read me" in lines[planner][0]
    with django_assert_max_num_queries(15):
        assert client.get(reverse("events:prework:people", args=[kickoff.slug])).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(reverse("events:prework:board", args=[kickoff.slug])).status_code == 200
