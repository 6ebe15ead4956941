"""The Gantt chart: where things stand, what it says, what a key press does, and its baseline."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from core.due.rules import Calendar
from events.planning import actions, queries
from events.planning.models import Dependency, PlanningTask, Timeline
from events.planning.rules import gantt
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.activity.models import Entry
from people.tests.factories import PlannerFactory

AT = datetime(2027, 1, 12, 9, tzinfo=UTC)
TODAY = date(2027, 1, 12)  # a Tuesday
MONDAY = date(2026, 12, 28)


class TestPlaces:
    def test_ten_weeks_around_today_begin_on_a_monday(self):
        window = gantt.near(TODAY)

        assert (window.first, window.days, window.width) == (MONDAY, 70, 840)

    def test_a_bar_ends_with_its_last_day_and_what_lies_outside_has_none(self):
        window = gantt.near(TODAY)

        bar = gantt.place(gantt.Span(MONDAY, date(2027, 1, 1)), window, 100)
        begun = gantt.place(gantt.Span(date(2026, 1, 1), MONDAY), window, 100)
        before = gantt.place(gantt.Span(date(2026, 1, 1), date(2026, 2, 1)), window, 100)

        assert (bar.x, bar.width, bar.y) == (0, 60, 105)
        assert (begun.x, begun.width, begun.hit) == (0, 12, (0, 24))
        assert before is None

    def test_everything_is_two_years_around_today_at_most(self):
        window = gantt.whole([gantt.Span(date(2027, 1, 4), date(9999, 12, 31))], TODAY)

        assert (window.first, window.last.year) == (date(2027, 1, 4), 2029)

    def test_neighbours_who_rest_on_the_same_day_share_a_stroke(self):
        window = gantt.Window(MONDAY, date(2027, 1, 10), 10)  # 1 January lies at 40
        portugal, japan = Calendar("PT"), Calendar()

        path = gantt.holidays([(90, portugal), (118, portugal), (146, japan)], window)

        assert path == "M40 90h10v56h-10z"

    @pytest.mark.parametrize(("height", "percent"), [(300, 85), (1000, 45), (9000, 12)])
    def test_it_is_shrunk_to_a_page(self, height, percent):
        assert gantt.fit(800, height) == percent


@pytest.fixture
def kickoff():
    return KickoffFactory()  # 2 to 4 February 2027


@pytest.fixture
def planner(client):
    person = PlannerFactory()
    client.force_login(person)
    return person


def url(name, kickoff, *args):
    return reverse(f"events:planning:{name}", args=[kickoff.slug, *args])


def press(client, task, days=1, **more):
    data = {"days": days, "seen": task.seen} | more
    return client.post(url("shift", task.kickoff, task.pk), data)


def chart_of(kickoff, zoom=gantt.Zoom.WEEKS):
    lines = queries.lines_of(queries.plan_of(kickoff), TODAY, None)
    return queries.gantt_of(lines, lines.every, zoom)


@pytest.mark.django_db
class TestRows:
    def test_a_row_tells_start_slip_and_whether_a_day_is_left(self, kickoff):
        first = PlanningTaskFactory(
            kickoff=kickoff,
            due_date=date(2027, 1, 26),
            own_date=date(2027, 1, 26),
            baseline_date=date(2027, 1, 20),
            baseline_days=5,
        )
        second = PlanningTaskFactory(kickoff=kickoff, offset=0, due_date=date(2027, 2, 2))
        free = PlanningTaskFactory(kickoff=kickoff, offset=1, due_date=date(2027, 1, 26))
        Dependency.objects.create(task=second, predecessor=first)

        chart = chart_of(kickoff)

        rows = {chart.lines.plan.tasks[row.line.key]: row for row in chart.rows}
        assert rows[first].line.starts == date(2027, 1, 20)
        assert (rows[first].slip, rows[first].said_slip) == (4, "+4")
        assert rows[first].ghost.width == 5 * 12 + 2 * 12  # over a weekend
        assert [rows[task].line.is_critical for task in (first, second, free)] == [
            True,
            True,
            False,
        ]
        assert [rows[task].line.slack for task in (first, second, free)] == [0, 0, 5]
        assert (chart.critical_links != "", chart.links) == (True, "")
        assert [len(chart.slipped), chart.slipped_days] == [1, 4]

    def test_late_ones_are_shown_however_long_ago_they_were_due(self, kickoff):
        late = PlanningTaskFactory(kickoff=kickoff, offset=26, due_date=date(2026, 8, 4))
        PlanningTaskFactory(kickoff=kickoff, offset=26, due_date=date(2026, 8, 4), done_at=AT)

        near, whole = chart_of(kickoff), chart_of(kickoff, gantt.Zoom.MONTHS)

        assert ([row.line.key for row in near.rows], near.hidden) == ([late.pk], 1)
        assert (len(whole.rows), whole.hidden) == (2, 0)
        assert all(row.bar for row in whole.rows)

    def test_a_date_by_hand_before_what_it_waits_for_says_so(self, client, planner, kickoff):
        first = PlanningTaskFactory(kickoff=kickoff)
        early = PlanningTaskFactory(kickoff=kickoff, own_date=date(2027, 1, 4))
        Dependency.objects.create(task=early, predecessor=first)

        page = client.get(url("gantt", kickoff), {"weeks": "all"}).content.decode()

        assert page.count("before what it waits for is over") == 1

    def test_the_page_costs_the_same_at_any_size(
        self, client, planner, kickoff, django_assert_max_num_queries
    ):
        costs = set()
        client.get(url("gantt", kickoff))
        for _ in range(3):
            tasks = PlanningTaskFactory.create_batch(3, kickoff=kickoff, owner=PlannerFactory())
            Dependency.objects.create(task=tasks[1], predecessor=tasks[0])
            with django_assert_max_num_queries(15) as found:
                client.get(url("gantt", kickoff), {"weeks": "all"})
            costs.add(len(found))

        assert len(costs) == 1


@pytest.mark.django_db
class TestKeys:
    def test_a_bar_moves_by_working_days_and_says_what_followed(self, client, planner, kickoff):
        task = PlanningTaskFactory(kickoff=kickoff, title="Visit", own_date=date(2027, 1, 8))
        following = PlanningTaskFactory(kickoff=kickoff, offset=3, due_date=date(2027, 1, 15))
        Dependency.objects.create(task=following, predecessor=task)

        answer = press(client, task)

        task.refresh_from_db()
        assert task.own_date == task.due_date == date(2027, 1, 11)  # Friday to Monday
        assert answer.json()["message"] == (
            "“Visit” is due Mon 11 Jan, set by hand. 1 task moves along."
        )

    def test_what_changed_meanwhile_or_makes_no_sense_is_refused_in_words(
        self, client, planner, kickoff
    ):
        task = PlanningTaskFactory(kickoff=kickoff)

        stale = press(client, task, seen="another")
        wrong = press(client, task, days="soon")

        assert (stale.status_code, wrong.status_code) == (409, 422)
        assert "meanwhile" in stale.json()["message"]
        task.refresh_from_db()
        assert not task.is_by_hand

    def test_a_done_task_is_not_moved_by_keys_nor_with_others(self, client, planner, kickoff):
        task = PlanningTaskFactory(kickoff=kickoff, title="Visit", done_at=AT)

        pressed = press(client, task)
        ticked = client.post(url("several", kickoff), {"do": "move", "days": 7, "row": task.row})

        assert (pressed.status_code, ticked.status_code) == (409, 422)
        assert pressed.json()["message"] == "“Visit” is done, so it is not moved. Reopen it first."
        assert "is done, so it is not moved" in ticked.content.decode()
        assert PlanningTask.objects.get().due_date == task.due_date


@pytest.mark.django_db
class TestBaseline:
    def test_it_is_frozen_by_somebody_and_again_in_its_place(self, client, planner, kickoff):
        task = PlanningTaskFactory(kickoff=kickoff)

        said = client.post(url("baseline", kickoff), follow=True).content.decode()

        assert "The date of 1 task is the baseline now." in said
        assert "Nothing has slipped since the baseline" in said
        timeline = Timeline.objects.get()
        assert timeline.frozen_by == planner
        press(client, task)
        assert "1 task has slipped" in client.get(url("gantt", kickoff)).content.decode()

        actions.freeze_baseline(kickoff=kickoff, by=planner, at=AT)
        task = PlanningTask.objects.get()
        assert (task.baseline_date, task.baseline_days) == (task.due_date, 5)
        assert Entry.objects.filter(verb="timeline.frozen").count() == 2
