"""Board and calendar: the same tasks, narrowed alike, and what a card may be dropped on."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.due.rules import Calendar
from events.packets.comp.models import CompPlan
from events.planning.models import Dependency, PlanningTask, TaskItem, Timeline, WorkstreamOwner
from events.planning.rules import month
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.tests.factories import PersonFactory, PlannerFactory

AT = datetime(2027, 1, 12, 9, tzinfo=UTC)


def url(name, kickoff, *args):
    return reverse(f"events:planning:{name}", args=[kickoff.slug, *args])


def said(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def kickoff():
    return KickoffFactory()


@pytest.fixture
def desk(client):
    client.force_login(PlannerFactory())
    return client


def test_weeks_begin_on_monday_and_a_holiday_names_its_countries():
    weeks = month.weeks_of(date(2027, 1, 1))
    countries = [Calendar("PT"), Calendar("JP"), Calendar("", closed=frozenset({date(2027, 1, 5)}))]

    rests = month.rests_in([day for week in weeks for day in week], countries)

    assert weeks[0][0] == date(2026, 12, 28)
    assert [(one.countries, bool(one.name)) for one in rests[date(2027, 1, 5)]] == [(("",), False)]
    assert {one.countries for one in rests[date(2027, 1, 1)]} == {("JP", "PT")}
    assert rests[date(2027, 1, 11)][0].countries == ("JP",)
    assert date(2027, 1, 2) not in rests  # a Saturday
    assert month.before_and_after(date(2027, 1, 1)) == (date(2026, 12, 1), date(2027, 2, 1))


@pytest.mark.django_db
class TestPages:
    def test_board_and_calendar_show_the_same_tasks_narrowed_alike(self, desk, kickoff):
        today = kickoff.local_date(timezone.now())
        first = PlanningTaskFactory(kickoff=kickoff, title="Hall", own_date=today, due_date=today)
        late = PlanningTaskFactory(
            kickoff=kickoff,
            title="Slides",
            workstream="CONTENT",
            own_date=date(2026, 1, 5),
            due_date=date(2026, 1, 5),
        )
        Dependency.objects.create(task=late, predecessor=first)

        TaskItem.objects.create(task=first, place=1, text="Ask for a quote", done_at=AT)
        TaskItem.objects.create(task=first, place=2, text="Compare")

        for name in ("list", "board"):
            page = said(desk.get(url(name, kickoff)))
            assert ("waits for “Hall”" in page, "steps 1/2" in page) == (True, True)
        for name, more in (("board", {}), ("calendar", {"month": "2026-01"})):
            page = said(desk.get(url(name, kickoff), {"only": "late", **more}))
            assert ("Slides" in page, ">Hall<" in page) == (True, False)

    @pytest.mark.parametrize(
        "junk",
        [
            "month=x",
            "month=0000-00",
            "month=9999-12",
            "month=2026-02-31",
            "by=%00",
            "owner=" + "9" * 40,
            "state=done&state=x",
            "only=%F0%9F%92%A3&zoom=-1&workstream=" + "x" * 500,
        ],
    )
    def test_what_an_address_says_wrong_is_not_said(self, desk, kickoff, junk):
        PlanningTaskFactory(kickoff=kickoff)
        for name in ("list", "board", "calendar", "gantt"):
            assert desk.get(f"{url(name, kickoff)}?{junk}").status_code == 200

    def test_they_cost_the_same_at_any_size(self, desk, kickoff, django_assert_max_num_queries):
        for name in ("board", "calendar"):
            desk.get(url(name, kickoff))
            costs = set()
            for _ in range(2):
                PlanningTaskFactory.create_batch(3, kickoff=kickoff, owner=PlannerFactory())
                with django_assert_max_num_queries(15) as found:
                    desk.get(url(name, kickoff))
                costs.add(len(found))
            assert len(costs) == 1


@pytest.mark.django_db
class TestDrops:
    def drop(self, desk, task, column, by="state", **more):
        data = {"by": by, "column": column, "seen": task.seen} | more
        return desk.post(url("place", task.kickoff, task.pk), data)

    def test_on_done_and_back_and_nowhere_else_since_dates_say_where_it_stands(self, desk, kickoff):
        task = PlanningTaskFactory(kickoff=kickoff, title="Hall")

        assert self.drop(desk, task, "done").json()["message"] == "“Hall” is done."
        assert self.drop(desk, task, "todo").json()["message"] == "“Hall” is open again."
        refused = self.drop(desk, task, "late")

        assert (refused.status_code, PlanningTask.objects.get().done_at) == (409, None)
        assert "follows from its dates" in refused.json()["message"]

    def test_on_a_workstream_it_is_given_to_it_unless_somebody_changed_it(self, desk, kickoff):
        task = PlanningTaskFactory(kickoff=kickoff, title="Hall", owner=None)
        WorkstreamOwner.objects.create(
            kickoff=kickoff, workstream="CONTENT", person=PersonFactory(country="PT")
        )

        given = self.drop(desk, task, "CONTENT", by="workstream")
        stale = self.drop(desk, task, "COMP", by="workstream")
        unknown = self.drop(desk, PlanningTask.objects.get(), "FUN", by="workstream")

        assert "belongs to Content" in given.json()["message"]
        assert [one.status_code for one in (stale, unknown)] == [409, 409]
        assert PlanningTask.objects.get().workstream == "CONTENT"

    def test_what_is_no_column_is_refused(self, desk, kickoff):
        task = PlanningTaskFactory(kickoff=kickoff)

        answers = [
            self.drop(desk, task, column, by)
            for column, by in [("done", "x"), ("", "state"), ("x" * 99, "state")]
        ]

        assert [answer.status_code for answer in answers] == [422, 422, 422]
        assert PlanningTask.objects.get().done_at is None


@pytest.mark.django_db
def test_a_comp_plan_offers_its_date_and_is_not_read_by_itself(desk, kickoff):
    known = {"kickoff": kickoff, "design_json": {}, "changed_at": AT}
    CompPlan.objects.create(
        **known, name="AE", starts_date=date(2027, 2, 1), ends_date=date(2028, 1, 31), is_ready=True
    )
    CompPlan.objects.create(
        **known, name="Draft", starts_date=date(2027, 3, 1), ends_date=date(2028, 1, 31)
    )

    page = said(desk.get(url("settings", kickoff)))
    assert "1 comp plan takes effect on Mon 1 Feb 2027" in page
    assert "1 Mar 2027" not in page
    assert not Timeline.objects.exists()

    desk.post(url("plan_date", kickoff), {"plan_date": "2027-02-01"})
    assert Timeline.objects.get().plan_date == date(2027, 2, 1)
    assert "comp plan takes effect on" not in said(desk.get(url("settings", kickoff)))
