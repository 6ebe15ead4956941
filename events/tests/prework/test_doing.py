from datetime import UTC, datetime, timedelta

import pytest

from events.prework import actions
from events.prework.actions import PreworkRefused
from events.prework.models import PreworkItem
from events.tests.factories import AssignmentFactory, PreworkItemFactory
from people.activity.models import Entry
from people.mail.actions import send_due
from people.mail.models import Message
from people.notices.models import Notice
from people.tests.factories import GONE, PersonFactory, PlannerFactory, mail_at_once

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, 9, tzinfo=UTC)
DUE = datetime(2027, 1, 16, tzinfo=UTC)
LATE = datetime(2027, 1, 18, 9, tzinfo=UTC)


@pytest.fixture
def to_read():
    return PreworkItemFactory()


@pytest.fixture
def to_submit():
    return PreworkItemFactory(assignment__kind="SUBMIT")


def submit(item, text="They need it by May.", link="", at=AT, by=None):
    return actions.submit_work(item_id=item.pk, text=text, link=link, by=by or item.person, at=at)


def test_marking_twice_counts_once(to_read):
    for at in (AT, LATE):
        item = actions.mark_done(item_id=to_read.pk, by=to_read.person, at=at)

    assert (item.state, item.done_at) == ("DONE", AT)
    assert Entry.objects.filter(verb="prework.done").count() == 1


@pytest.mark.parametrize(
    ("at", "was_late"), [(DUE - timedelta(microseconds=1), False), (DUE, True), (LATE, True)]
)
def test_the_due_moment_itself_is_late(to_read, at, was_late):
    item = actions.mark_done(item_id=to_read.pk, by=to_read.person, at=at)

    assert item.was_late is was_late


def test_a_tick_can_be_taken_back(to_read):
    actions.mark_done(item_id=to_read.pk, by=to_read.person, at=AT)

    for _ in range(2):
        item = actions.take_back(item_id=to_read.pk, by=to_read.person, at=AT)

    assert (item.state, item.done_at) == ("OPEN", None)


def test_nobody_does_somebody_elses_pre_work(to_read, to_submit):
    stranger = PersonFactory()

    with pytest.raises(PreworkRefused, match="somebody else"):
        actions.mark_done(item_id=to_read.pk, by=stranger, at=AT)
    with pytest.raises(PreworkRefused, match="somebody else"):
        submit(to_submit, by=stranger)
    with pytest.raises(PreworkRefused, match="somebody else"):
        actions.take_back(item_id=to_read.pk, by=stranger, at=AT)


def test_what_wants_an_answer_is_not_just_ticked_and_the_other_way_round(to_read, to_submit):
    with pytest.raises(PreworkRefused, match="wants something handed in"):
        actions.mark_done(item_id=to_submit.pk, by=to_submit.person, at=AT)
    with pytest.raises(PreworkRefused, match="Mark it as done"):
        submit(to_read)
    with pytest.raises(PreworkRefused, match="not taken back"):
        actions.take_back(item_id=to_submit.pk, by=to_submit.person, at=AT)


def test_the_same_answer_twice_is_handed_in_once(to_submit):
    for at in (AT, LATE):
        item = submit(to_submit, at=at)

    assert (item.state, item.done_at) == ("DONE", AT)
    assert Entry.objects.filter(verb="prework.submitted").count() == 1


def test_a_better_answer_replaces_the_first_until_it_is_due(to_submit):
    submit(to_submit, text="A first thought")

    item = submit(to_submit, text="A better one", at=DUE - timedelta(seconds=1))
    assert (item.text, item.done_at) == ("A better one", AT)

    with pytest.raises(PreworkRefused, match="what you sent stands"):
        submit(to_submit, text="Too late", at=DUE)
    item.refresh_from_db()
    assert item.text == "A better one"


def test_a_first_answer_after_the_due_time_is_taken_as_late(to_submit):
    assert submit(to_submit, at=LATE).was_late


def test_5000_characters_are_taken_and_5001_are_not(to_submit):
    assert submit(to_submit, text="ł" * 5000).is_done

    with pytest.raises(PreworkRefused, match="5001 characters; 5000 are the most"):
        submit(to_submit, text="ł" * 5001)


def test_line_breaks_of_a_form_do_not_count_twice(to_submit):
    assert submit(to_submit, text="a\r\n" * 2000 + "b" * 1000).is_done


@pytest.mark.parametrize("text", ["", "  \r\n "])
def test_an_empty_answer_is_refused(to_submit, text):
    with pytest.raises(PreworkRefused, match="Write an answer"):
        submit(to_submit, text=text)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "ftp://x.example"]
)
def test_a_link_that_could_run_a_script_is_refused(to_submit, link):
    with pytest.raises(PreworkRefused, match="web address"):
        submit(to_submit, text="See", link=link)
    to_submit.refresh_from_db()
    assert (to_submit.state, to_submit.link) == ("OPEN", "")


def test_a_link_alone_is_an_answer(to_submit):
    assert submit(to_submit, text="", link=" https://docs.example/deal ").link == (
        "https://docs.example/deal"
    )


@pytest.mark.parametrize("kind", ["READ", "SUBMIT"])
def test_nothing_is_done_after_it_was_withdrawn(kind):
    item = PreworkItemFactory(assignment__kind=kind, assignment__withdrawn_at=AT)

    with pytest.raises(PreworkRefused, match="withdrawn"):
        actions.mark_done(item_id=item.pk, by=item.person, at=LATE)
    with pytest.raises(PreworkRefused, match="withdrawn"):
        submit(item, at=LATE)
    item.refresh_from_db()
    assert item.state == "OPEN"


def test_nothing_is_done_in_an_archived_kickoff():
    item = PreworkItemFactory(assignment__kickoff__status="ARCHIVED")

    with pytest.raises(PreworkRefused, match="archived"):
        actions.mark_done(item_id=item.pk, by=item.person, at=AT)


def test_asking_again_keeps_the_answer_and_tells_the_person_why(to_submit):
    planner = PlannerFactory(full_name="Priya Raghunathan")
    submit(to_submit)
    mail_at_once("prework.returned", to_submit.person)

    item = actions.reopen_item(item_id=to_submit.pk, note="Who signs?", by=planner, at=LATE)

    assert (item.state, item.done_at, item.returned_note) == ("RETURNED", None, "Who signs?")
    assert item.text == "They need it by May."
    message = Message.objects.get()
    assert message.person == item.person
    assert "Priya Raghunathan" in message.body
    assert "Who signs?" in message.body
    assert submit(to_submit, text="The CFO signs.", at=LATE).is_done


def test_asking_again_needs_a_reason_and_something_that_is_done(to_submit):
    planner = PlannerFactory()

    with pytest.raises(PreworkRefused, match="Only what is done"):
        actions.reopen_item(item_id=to_submit.pk, note="Why?", by=planner, at=AT)
    submit(to_submit)
    with pytest.raises(PreworkRefused, match="Say what is missing"):
        actions.reopen_item(item_id=to_submit.pk, note=" ", by=planner, at=AT)


def remind(assignment, at=AT, **options):
    return actions.remind_missing(
        assignment_id=assignment.pk, by=PlannerFactory(), at=at, **options
    )


@pytest.mark.parametrize("gone", GONE)
def test_a_reminder_goes_once_a_day_to_each_who_has_not_done_it(gone):
    assignment = AssignmentFactory()
    waiting = PreworkItemFactory(assignment=assignment)
    PreworkItemFactory(assignment=assignment, state="DONE", done_at=AT)
    PreworkItemFactory(assignment=assignment, person=PersonFactory(**gone))

    assert [remind(assignment) for _ in range(2)] == [1, 0]
    assert remind(assignment, at=AT + timedelta(days=1)) == 1
    assert [notice.person for notice in Notice.objects.all()] == [waiting.person] * 2


@pytest.mark.parametrize(
    ("before", "is_mailed"), [(timedelta(hours=25), 0), (timedelta(hours=24), 1), (timedelta(0), 0)]
)
def test_on_the_last_day_a_reminder_does_not_wait_for_the_mail_of_a_day(before, is_mailed):
    assignment = PreworkItemFactory().assignment

    assert remind(assignment, at=assignment.due_at - before) == 1

    assert Notice.objects.filter(waits_for_mail=not is_mailed).count() == 1
    assert Message.objects.count() == is_mailed


def test_a_reminder_that_waits_for_the_mail_of_the_day_is_not_sent_to_who_has_finished():
    item = PreworkItemFactory(assignment__kind="READ")
    other = PreworkItemFactory(assignment=item.assignment)
    remind(item.assignment)

    actions.mark_done(item_id=item.pk, by=item.person, at=AT + timedelta(hours=1))

    waiting = Notice.objects.filter(waits_for_mail=True)
    assert [notice.person for notice in waiting] == [other.person]
    assert Notice.objects.unread().get() == waiting.get()


def done_meanwhile(item):
    return actions.mark_done(item_id=item.pk, by=item.person, at=AT)


def withdrawn_meanwhile(item):
    actions.withdraw_prework(assignment_id=item.assignment_id, by=PlannerFactory(), at=AT)


@pytest.mark.parametrize("happens", [done_meanwhile, withdrawn_meanwhile])
def test_an_urgent_reminder_that_has_not_left_yet_is_sent_no_more(happens, mailoutbox):
    item = PreworkItemFactory(assignment__kind="READ")
    last_day = item.assignment.due_at - timedelta(hours=3)
    remind(item.assignment, at=last_day)

    happens(item)
    send_due(at=last_day + timedelta(minutes=1))

    assert mailoutbox == []
    assert Message.objects.get().state == "SKIPPED"


def test_the_day_of_a_reminder_is_a_day_at_the_venue():
    assignment = PreworkItemFactory(
        assignment__kickoff__time_zone="Pacific/Auckland"
    ).assignment  # its midnight is 11:00 UTC

    assert remind(assignment, at=datetime(2027, 1, 5, 10, 59, tzinfo=UTC)) == 1
    assert remind(assignment, at=datetime(2027, 1, 5, 11, 0, tzinfo=UTC)) == 1


def test_some_of_those_who_are_missing_can_be_reminded():
    assignment = AssignmentFactory()
    items = PreworkItemFactory.create_batch(3, assignment=assignment)

    assert remind(assignment, person_ids=[items[0].person_id]) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"published_at": None}, "Nobody has"),
        ({"withdrawn_at": AT}, "Nobody has"),
        ({"kickoff__status": "DRAFT"}, "do not see"),
    ],
)
def test_nobody_is_reminded_of_what_they_cannot_see(fields, reason):
    with pytest.raises(PreworkRefused, match=reason):
        remind(AssignmentFactory(**fields))


def test_reminding_many_costs_no_more_queries(django_assert_max_num_queries):
    for number in (1, 3, 30):
        assignment = AssignmentFactory()
        PreworkItemFactory.create_batch(number, assignment=assignment)
        planner = PlannerFactory()
        with django_assert_max_num_queries(13):
            actions.remind_missing(assignment_id=assignment.pk, by=planner, at=AT)


def test_a_copy_starts_open():
    assert PreworkItemFactory().state == PreworkItem.State.OPEN
