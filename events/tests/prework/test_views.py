from datetime import UTC, datetime

import pytest
from django.urls import reverse

from events.prework.models import Assignment
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    PreworkItemFactory,
)
from events.tests.world import build_world
from people.notices.models import Notice
from people.tests.factories import PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.fixture
def world(time_machine):
    time_machine.move_to(datetime(2027, 1, 5, 9, tzinfo=UTC))
    return build_world()


def url(name, world, *args):
    return reverse(f"events:prework:{name}", args=[world.kickoff.slug, *args])


def words(**changes):
    fields = {"title": "Read: the bets", "kind": "READ", "due_date": "2027-01-15", "minutes": "5"}
    return fields | changes


def test_an_empty_board_teaches_what_to_add(client, world):
    client.force_login(world["planner"])

    assert "No pre-work yet" in client.get(url("board", world)).content.decode()


def test_a_planner_drafts_and_then_assigns(client, world):
    client.force_login(world["planner"])

    client.post(url("create", world), words())
    assignment = Assignment.objects.get()
    assert assignment.is_draft
    assert "1 draft that nobody has yet" in client.get(url("board", world)).content.decode()

    answer = client.post(url("assign", world, assignment.pk), follow=True)
    assert "4 people have it now." in answer.content.decode()


def test_a_planner_assigns_to_a_segment_in_one_go(client, world):
    client.force_login(world["planner"])

    client.post(url("create", world), words(segment_kind="MANAGER", assign="1"))

    people = {item.person for item in Assignment.objects.get().items.all()}
    assert people == {world["manager"], world["other_manager"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"link": "javascript:alert(1)"}, "web address"),
        ({"link": "data:text/html,x"}, "Enter a valid URL"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"due_date": ""}, "This field is required"),
        ({"kind": "DANCE"}, "Select a valid choice"),
        ({"segment_region": "77"}, "Select a valid choice"),
        ({"bet": "77"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, world, wrong, said):
    client.force_login(world["planner"])

    answer = client.post(url("create", world), words(**wrong))

    page = answer.content.decode()
    assert said in page or "Enter a valid URL" in page
    assert not Assignment.objects.exists()


def test_the_form_tells_how_many_a_segment_reaches(client, world):
    client.force_login(world["planner"])

    assert "Reaches 4 people" in client.get(url("create", world)).content.decode()
    page = client.get(url("reach", world) + "?segment_kind=REP").content.decode()
    assert "Reaches 2 people" in page
    assert "<html" not in page
    page = client.get(url("reach", world) + "?segment_kind=GUEST").content.decode()
    assert "Reaches nobody" in page


def test_an_assignment_is_changed_and_withdrawn(client, world):
    client.force_login(world["planner"])
    assignment = PreworkItemFactory(
        assignment__kickoff=world.kickoff, person=world["rep"]
    ).assignment

    client.post(url("edit", world, assignment.pk), words(title="Read: both bets"))
    assignment.refresh_from_db()
    assert assignment.title == "Read: both bets"

    client.post(url("withdraw", world, assignment.pk))
    assignment.refresh_from_db()
    assert assignment.is_withdrawn
    assert "1 withdrawn" in client.get(url("board", world)).content.decode()


def test_who_has_not_is_narrowed_and_reminded(client, world):
    client.force_login(world["planner"])
    assignment = AssignmentFactory(kickoff=world.kickoff)
    emea = RegionFactory(name="EMEA")
    mine = PreworkItemFactory(assignment=assignment, person__region=emea)
    other = PreworkItemFactory(assignment=assignment)
    done = PreworkItemFactory(assignment=assignment, state="DONE", done_at=AT)

    def shown(query):
        page = client.get(url("missing", world, assignment.pk) + query).content.decode()
        return [i for i, one in enumerate((mine, other, done)) if one.person.full_name in page]

    assert shown("") == [0, 1, 2]
    assert shown("?state=missing") == [0, 1]
    assert shown(f"?state=missing&region={emea.pk}") == [0]

    remind = url("remind", world, assignment.pk)
    answer = client.post(remind, {"region": emea.pk}, follow=True)
    assert "1 person is reminded." in answer.content.decode()
    answer = client.post(remind, {"region": "1 OR 1=1"}, follow=True)
    assert "1 person is reminded." in answer.content.decode()
    answer = client.post(remind, follow=True)
    assert "Everybody was reminded today already." in answer.content.decode()
    assert Notice.objects.count() == 2


def test_a_rep_sees_the_next_thing_first_and_marks_it_done(client, world):
    item = PreworkItemFactory(
        assignment__kickoff=world.kickoff, assignment__title="Watch the film", person=world["rep"]
    )
    client.force_login(world["rep"])
    assert "1 to do" in client.get(url("mine", world)).content.decode()
    assert "Mark as done" in client.get(url("item", world, item.pk)).content.decode()

    client.post(url("done", world, item.pk))
    item.refresh_from_db()
    assert item.is_done
    page = client.get(url("mine", world)).content.decode()
    assert "All done" in page
    assert f'<form method="post" action="{url("undo", world, item.pk)}">' in page

    client.post(url("undo", world, item.pk))
    item.refresh_from_db()
    assert not item.is_done


def test_one_tap_in_the_bell_is_taken_back_from_the_notice_that_follows(client, world):
    item = PreworkItemFactory(
        assignment__kickoff=world.kickoff, assignment__title="Watch the film", person=world["rep"]
    )
    client.force_login(world["rep"])
    bell = {"from_list": reverse("people:bell:show")}
    done = client.post(url("done", world, item.pk), bell, follow=True).content.decode()
    assert 'Undo<span class="visually-hidden">: “Watch the film” is done.' in done

    back = client.post(url("undo", world, item.pk), bell, follow=True)

    assert back.redirect_chain[-1][0] == bell["from_list"]
    assert "Watch the film" in back.content.decode()
    item.refresh_from_db()
    assert not item.is_done


def test_somebody_without_pre_work_is_told_so(client, world):
    client.force_login(world["rep"])

    assert "No pre-work yet" in client.get(url("mine", world)).content.decode()


@pytest.fixture
def to_submit(world):
    return PreworkItemFactory(
        assignment__kickoff=world.kickoff, assignment__kind="SUBMIT", person=world["rep"]
    )


def test_a_rep_hands_in_and_their_manager_reads_it(client, world, to_submit):
    client.force_login(world["rep"])
    client.post(url("item", world, to_submit.pk), {"text": "They lose a <b>truck</b> a month."})

    client.force_login(world["manager"])
    page = client.get(url("submission", world, to_submit.pk)).content.decode()
    assert "They lose a &lt;b&gt;truck&lt;/b&gt; a month." in page
    assert "Ask again" in page

    said = client.post(url("comment", world, to_submit.pk), {"text": "Who is <i>they</i>?"})
    assert said.url == url("submission", world, to_submit.pk)
    client.force_login(world["rep"])
    page = client.get(url("item", world, to_submit.pk)).content.decode()
    assert "Who is &lt;i&gt;they&lt;/i&gt;?" in page
    client.post(url("comment", world, to_submit.pk), {"text": "The depot."})
    told = list(Notice.objects.values_list("person", "kind"))
    both = [world["rep"].pk, world["manager"].pk]
    assert told == [(person, "prework.commented") for person in both]


def test_a_rep_hands_in_a_win_strategy_without_scripts(client, world, to_submit):
    client.force_login(world["rep"])
    page = client.get(url("item", world, to_submit.pk)).content.decode()
    assert 'class="k-form"' in page
    assert 'name="text"' in page

    answer = {"text": "They lose a truckload a quarter.\n\nThe CFO signs."}
    page = client.post(url("item", world, to_submit.pk), answer, follow=True).content.decode()

    assert "All done" in page
    to_submit.refresh_from_db()
    assert to_submit.text.startswith("They lose a truckload")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"text": "x" * 5001}, "5001 characters"),
        ({"text": "", "link": ""}, "Write an answer"),
        ({"text": "See", "link": "javascript:alert(document.cookie)"}, "web address"),
    ],
)
def test_what_cannot_be_handed_in_is_said_and_what_was_written_is_kept(
    client, world, to_submit, answer, said
):
    client.force_login(world["rep"])

    page = client.post(url("item", world, to_submit.pk), answer).content.decode()

    assert said in page
    assert answer["text"][:100] in page
    assert 'href="javascript:' not in page
    to_submit.refresh_from_db()
    assert to_submit.state == "OPEN"


def test_after_withdrawal_the_page_says_so_and_takes_nothing(client, world, to_submit):
    Assignment.objects.update(withdrawn_at=datetime(2027, 1, 4, tzinfo=UTC))
    client.force_login(world["rep"])

    page = client.get(url("item", world, to_submit.pk)).content.decode()
    assert "This was withdrawn" in page
    page = client.post(url("item", world, to_submit.pk), {"text": "Late"}).content.decode()
    assert "withdrawn" in page
    to_submit.refresh_from_db()
    assert to_submit.text == ""


def test_a_planner_asks_again_and_the_rep_sees_why(client, world, to_submit):
    client.force_login(world["rep"])
    client.post(url("item", world, to_submit.pk), {"text": "Soon"})
    client.force_login(world["planner"])
    client.post(url("reopen", world, to_submit.pk), {"note": "Who signs?"})

    client.force_login(world["rep"])
    assert "Who signs?" in client.get(url("item", world, to_submit.pk)).content.decode()
    assert "Asked again" in client.get(url("mine", world)).content.decode()


def test_another_persons_item_is_not_found_by_guessing(client, world, to_submit):
    other = PreworkItemFactory(assignment__kickoff=world.kickoff, person=world["peer"])
    client.force_login(world["rep"])

    for name in ("item", "done", "undo"):
        assert client.post(url(name, world, other.pk)).status_code == 404
    assert client.get(url("submission", world, other.pk)).status_code == 404
    other.refresh_from_db()
    assert other.state == "OPEN"


def test_an_item_of_another_kickoff_is_not_found_under_this_one(client, world):
    elsewhere = PreworkItemFactory(person=world["rep"])
    client.force_login(world["rep"])
    assert client.get(url("item", world, elsewhere.pk)).status_code == 404

    client.force_login(world["planner"])
    assert client.get(url("submission", world, elsewhere.pk)).status_code == 404
    assert client.post(url("reopen", world, elsewhere.pk)).status_code == 404
    assert client.get(url("missing", world, elsewhere.assignment_id)).status_code == 404


def test_nothing_of_a_draft_kickoff_is_shown_to_its_people(client, world, to_submit):
    world.kickoff.status = "DRAFT"
    world.kickoff.save()
    client.force_login(world["rep"])

    assert client.get(url("item", world, to_submit.pk)).status_code == 404
    assert client.get(url("mine", world)).status_code == 404


def test_a_manager_sees_their_line_and_nobody_elses(client, world):
    for role in ("rep", "peer"):
        PreworkItemFactory(
            assignment__kickoff=world.kickoff,
            assignment__title=f"Read by {role}",
            person=world[role],
            state="DONE",
            done_at=AT,
        )
    client.force_login(world["manager"])

    page = client.get(url("team", world)).content.decode()

    assert "Read by rep" in page
    assert "Read by peer" not in page
    assert world["peer"].full_name not in page
    peers = Assignment.objects.get(title="Read by peer").items.get()
    assert client.get(url("submission", world, peers.pk)).status_code == 404


def count_queries(client, address, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_every_list_costs_the_same_at_any_size(client, world, django_assert_max_num_queries):
    assignments = AssignmentFactory.create_batch(2, kickoff=world.kickoff)
    pages = [
        ("planner", url("board", world)),
        ("planner", url("missing", world, assignments[0].pk)),
        ("rep", url("mine", world)),
        ("manager", url("team", world)),
    ]
    costs = []
    for size in (1, 3):
        for _ in range(size):
            person = PersonFactory(manager=world["manager"], region=RegionFactory())
            AttendeeFactory(kickoff=world.kickoff, person=person)
            extra = AssignmentFactory(kickoff=world.kickoff)
            for assignment in [*assignments, extra]:
                PreworkItemFactory(assignment=assignment, person=person)
            PreworkItemFactory(assignment=extra, person=world["rep"])
        cost = []
        for role, address in pages:
            client.force_login(world[role])
            cost.append(count_queries(client, address, django_assert_max_num_queries, 20))
        costs.append(cost)

    assert costs[0] == costs[1]
