from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.planning.models import PlanningTask
from events.tests.factories import PlanningTaskFactory
from events.tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FRIDAY = 4


@pytest.fixture
def world(db):
    return build_world()


def test_a_planner_changes_tasks_where_they_stand_by_keyboard(page, sign_in, axe, world):
    for title in ("Book the band", "Book the hall", "Book the cook"):
        PlanningTaskFactory(kickoff=world.kickoff, title=title)
    sign_in(page, world["planner"])
    here = reverse("events:planning:list", args=[world.kickoff.slug])
    page.goto(here)
    page.evaluate("window.isTheSamePage = true")

    page.get_by_role("link", name="change the date of “Book the band”").press("Enter")
    due = page.get_by_label("Due")
    due.wait_for()
    assert page.evaluate("document.activeElement.id") == "row-due"
    due.fill("2026-12-24")
    due.press("Enter")
    page.get_by_text("“Book the band” is changed.").wait_for()

    page.get_by_role("button", name="Done : Book the hall").press("Enter")
    page.get_by_text("“Book the hall” is done.").wait_for()
    assert "Book the cook" in page.evaluate("document.activeElement.textContent")

    page.get_by_label("Choose all tasks that are shown").check()
    page.get_by_text("3 chosen").wait_for()
    assert axe(page) == []
    page.get_by_label("Days").fill("7")
    page.get_by_role("button", name="Move", exact=True).press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Move").press("Enter")
    page.get_by_text("2 tasks are moved").wait_for()

    assert PlanningTask.objects.get(title="Book the band").due_date == date(2026, 12, 31)
    assert page.evaluate("window.isTheSamePage") is True
    assert page.url.endswith(here)


def test_a_bar_is_moved_by_arrow_keys_and_keeps_the_focus(page, sign_in, axe, world):
    own = world.kickoff.local_date(timezone.now())
    while own.weekday() > FRIDAY:
        own += timedelta(days=1)
    first = PlanningTaskFactory(kickoff=world.kickoff, title="Book the band", own_date=own)
    second = PlanningTaskFactory(kickoff=world.kickoff, title="Book the hall", own_date=own)
    sign_in(page, world["planner"])
    page.goto(reverse("events:planning:gantt", args=[world.kickoff.slug]))

    page.locator(f"#bar-{first.pk}").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#announcements").get_by_text("“Book the band” is due").wait_for()

    assert PlanningTask.objects.get(pk=first.pk).due_date > own
    assert page.evaluate("document.activeElement.id") == f"bar-{first.pk}"
    # The one that moved is the last of its workstream now
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == f"bar-{second.pk}"
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Book the hall").wait_for()
