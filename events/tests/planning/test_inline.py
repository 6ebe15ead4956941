"""Tasks changed where they stand, one or several, while somebody else plans too."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.planning.models import PlanningTask, WorkstreamOwner
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kickoff():
    return KickoffFactory()


@pytest.fixture
def ines(kickoff):
    return PlannerFactory(full_name="Inês Carvalhal")


@pytest.fixture
def desk(client):
    client.force_login(PlannerFactory(full_name="Priya Raghunathan"))
    return client


@pytest.fixture
def task(kickoff):
    return PlanningTaskFactory(kickoff=kickoff, title="Book the band", offset=4)


def url(name, kickoff, *args):
    return reverse(f"events:planning:{name}", args=[kickoff.slug, *args])


def change(client, task, **data):
    given = {"owner": task.owner_id or "", "due": task.due_date, "seen": task.seen}
    return client.post(url("change", task.kickoff, task.pk), given | data)


def do(client, kickoff, what, tasks, **data):
    rows = [task.row for task in tasks]
    return client.post(url("several", kickoff), {"do": what, "row": rows, **data})


def said(answer):
    return " ".join(answer.content.decode().split())


def fresh(task):
    return PlanningTask.objects.get(pk=task.pk)


class TestOneRow:
    def test_a_row_opens_by_its_address_with_the_field_that_was_asked_for(self, desk, task):
        page = said(desk.get(url("list", task.kickoff), {"edit": task.pk, "focus": "due"}))

        assert page.count("data-focus") == 1
        assert "Save" in page

    @pytest.mark.parametrize("wanted", ["0", "999999", "x", "9" * 40, "-1"])
    def test_a_row_that_is_not_there_opens_nothing(self, desk, task, wanted):
        assert 'id="row-due"' not in said(desk.get(url("list", task.kickoff), {"edit": wanted}))

    def test_owner_and_date_are_changed_and_lead_back_to_the_same_list(self, desk, task, ines):
        where = url("list", task.kickoff) + "?workstream=LOGISTICS"
        answer = change(desk, task, owner=ines.pk, due="2027-01-20", next=where)

        assert answer.url == where
        assert (fresh(task).owner, fresh(task).due_date) == (ines, date(2027, 1, 20))
        assert fresh(task).own_date == date(2027, 1, 20)

    def test_the_owner_alone_leaves_the_date_counting_from_the_event(self, desk, task, ines):
        change(desk, task, owner=ines.pk)

        assert (fresh(task).owner, fresh(task).own_date) == (ines, None)

    def test_an_empty_date_counts_from_the_event_again(self, desk, task):
        change(desk, task, due="2027-01-20")
        change(desk, fresh(task), due="")

        assert (fresh(task).own_date, fresh(task).due_date) == (None, task.due_date)

    def test_the_same_change_sent_twice_is_made_once(self, desk, task):
        answers = [change(desk, task, due="2027-01-20").status_code for _ in range(2)]

        assert answers == [302, 302]
        assert Entry.objects.filter(verb="task.changed").count() == 1

    def test_a_wrong_date_is_said_beside_its_field(self, desk, task):
        answer = change(desk, task, due="2027-02-31")

        assert answer.status_code == 422
        assert 'id="row-due_error"' in said(answer)
        assert "Enter a valid date" in said(answer)
        assert fresh(task).own_date is None

    def test_a_task_with_a_date_of_its_own_alone_keeps_one(self, desk, kickoff):
        task = PlanningTaskFactory(
            kickoff=kickoff, offset=None, own_date="2027-01-05", due_date="2027-01-05"
        )
        assert "Say when the task is due." in said(change(desk, fresh(task), due=""))

    def test_a_rep_cannot_be_given_a_task(self, desk, task):
        assert "Select a valid choice" in said(change(desk, task, owner=PersonFactory().pk))

    def test_who_changed_it_meanwhile_is_named_and_saving_again_is_meant(
        self, desk, client, task, ines
    ):
        other = type(client)()
        other.force_login(ines)
        change(other, task, due="2027-01-11")

        refused = change(desk, task, due="2027-01-20")

        assert refused.status_code == 422
        assert "Inês Carvalhal changed “Book the band” meanwhile" in said(refused)
        assert "due Mon 11 Jan" in said(refused)
        assert 'value="2027-01-20"' in said(refused)
        assert fresh(task).due_date == date(2027, 1, 11)
        assert f'value="{fresh(task).seen}"' in said(refused)
        change(desk, task, due="2027-01-20", seen=fresh(task).seen)
        assert fresh(task).due_date == date(2027, 1, 20)

    def test_the_page_of_a_task_asks_the_same(self, desk, client, task, ines):
        data = {"title": "Book a choir", "workstream": "LOGISTICS", "offset": 4, "takes_days": 5}
        change(desk, task, owner=ines.pk)

        refused = desk.post(url("edit", task.kickoff, task.pk), {**data, "seen": task.seen})

        assert "Priya Raghunathan changed “Book the band” meanwhile" in said(refused)
        assert fresh(task).title == "Book the band"


class TestSeveral:
    @pytest.fixture
    def tasks(self, kickoff):
        return PlanningTaskFactory.create_batch(3, kickoff=kickoff)

    def test_are_done_at_once_and_those_done_before_keep_who_did_it(self, desk, kickoff, tasks):
        do(desk, kickoff, "done", tasks[:1])
        answer = do(desk, kickoff, "done", tasks)

        assert answer.status_code == 302
        assert not PlanningTask.objects.open().exists()
        assert Entry.objects.filter(verb="task.done").count() == 3

    def test_are_given_to_one_person_or_back_to_their_workstreams(self, desk, kickoff, tasks, ines):
        do(desk, kickoff, "give", tasks, owner=ines.pk)
        assert {task.owner for task in PlanningTask.objects.all()} == {ines}

        do(desk, kickoff, "give", map(fresh, tasks[:2]), owner="")
        assert [fresh(task).owner for task in tasks] == [None, None, ines]

    def test_move_by_days_each_from_its_own_date_and_once_however_often_sent(
        self, desk, kickoff, tasks
    ):
        before = [task.due_date for task in tasks]
        first = do(desk, kickoff, "move", tasks, days="-3")
        second = do(desk, kickoff, "move", tasks, days="-3")

        assert (first.status_code, second.status_code) == (302, 422)
        assert "Priya Raghunathan changed" in said(second)
        assert [fresh(task).due_date for task in tasks] == [
            day - timedelta(days=3) for day in before
        ]

    def test_all_stay_where_one_was_changed_meanwhile(self, desk, client, kickoff, tasks, ines):
        other = type(client)()
        other.force_login(ines)
        change(other, tasks[1], due="2027-01-11")

        answer = do(desk, kickoff, "give", tasks, owner=ines.pk)

        assert "Inês Carvalhal changed" in said(answer)
        assert answer.status_code == 422
        assert said(answer).count("checked") == 3
        assert [fresh(task).owner for task in tasks] == [None, None, None]

    @pytest.mark.parametrize(
        ("what", "data", "problem"),
        [
            ("move", {"days": ""}, "Say by how many days"),
            ("move", {"days": "0"}, "Say by how many days"),
            ("move", {"days": "9999"}, "less than or equal to 365"),
            ("give", {"owner": "999999"}, "Select a valid choice"),
        ],
    )
    def test_what_is_wrong_is_said_in_the_bar(self, desk, kickoff, tasks, what, data, problem):
        answer = do(desk, kickoff, what, tasks, **data)

        assert answer.status_code == 422
        assert problem in said(answer)

    def test_none_chosen_or_those_of_another_kickoff_change_nothing(self, desk, kickoff, tasks):
        elsewhere = PlanningTaskFactory()

        for rows in ([], [elsewhere]):
            assert "Choose one task at least." in said(do(desk, kickoff, "done", rows))
        assert fresh(elsewhere).done_at is None

    def test_no_task_leaves_the_calendar(self, desk, kickoff):
        last = PlanningTaskFactory(
            kickoff=kickoff, offset=None, own_date="9999-12-30", due_date="9999-12-30"
        )
        assert "cannot move that far" in said(do(desk, kickoff, "move", [fresh(last)], days="7"))

    @pytest.mark.parametrize("what", ["done", "give", "move"])
    def test_cost_the_same_however_many_they_are(self, desk, kickoff, ines, what):
        costs = []
        for count in (1, 3, 30):
            tasks = PlanningTaskFactory.create_batch(count, kickoff=kickoff)
            with CaptureQueriesContext(connection) as queries:
                answer = do(desk, kickoff, what, tasks, owner=ines.pk, days="7")
            assert answer.status_code == 302
            costs.append(len(queries))

        assert len(set(costs[1:])) == 1
        assert max(costs) <= 20


def test_a_workstream_that_was_given_away_meanwhile_is_not_taken_back(desk, kickoff, ines):
    mine = PlannerFactory(full_name="Mateusz Wiśniewski")
    given = {"workstream": "CONTENT", "seen": 0}
    desk.post(url("owner", kickoff), {**given, "owner": ines.pk})

    again = desk.post(url("owner", kickoff), {**given, "owner": ines.pk}, follow=True)
    other = desk.post(url("owner", kickoff), {**given, "owner": mine.pk}, follow=True)

    assert "meanwhile" not in said(again)
    assert "Content was given to Inês Carvalhal meanwhile" in said(other)
    assert WorkstreamOwner.objects.get().person == ines
    assert Entry.objects.filter(verb="workstream.owner").count() == 1


def test_an_open_row_costs_the_list_the_same_at_any_size(desk, kickoff, task):
    costs = set()
    for _ in range(3):
        PlanningTaskFactory.create_batch(3, kickoff=kickoff, owner=PlannerFactory())
        with CaptureQueriesContext(connection) as queries:
            desk.get(url("list", kickoff), {"edit": task.pk})
        costs.add(len(queries))

    assert len(costs) == 1
