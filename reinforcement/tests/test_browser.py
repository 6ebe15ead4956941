from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import DESKTOP, PHONE
from events.tests.factories import QuestionFactory, TopicFactory
from events.tests.world import build_world
from reinforcement.learning.actions import start_attempt
from reinforcement.tests.factories import (
    ActivityFactory,
    CampaignFactory,
    NoteFactory,
    TouchFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages():
    """Each page of the 90 days with something on it: who sees it, and its address."""
    world = build_world()
    campaign = CampaignFactory(kickoff=world.kickoff)
    topic = TopicFactory(kickoff=world.kickoff, name="Mapping the buying group")
    for n in range(4):
        QuestionFactory(topic=topic, held_out=n > 2)
    now = timezone.now()
    times = {"due_at": now - timedelta(days=9), "overdue_at": now - timedelta(days=1)}
    lesson = ActivityFactory(campaign=campaign, title="Renew from day one")
    touch = TouchFactory(activity=lesson, person=world["rep"], **times)
    talk = ActivityFactory(campaign=campaign, kind="MANAGER_FOLLOW_UP")
    TouchFactory(activity=talk, person=world["manager"], about=world["rep"], **times)
    certification = ActivityFactory(campaign=campaign, kind="CERTIFICATION", day_offset=70)
    to_mark = TouchFactory(
        activity=certification, person=world["manager"], about=world["rep"], **times
    )
    NoteFactory(kickoff=world.kickoff, manager=world["manager"], rep=world["rep"])
    attempt = start_attempt(touch=touch, by=world["rep"], at=now)
    world.things["pages"] = [
        ("rep", "touches:mine", {}),
        ("rep", "touches:detail", {"touch_id": touch.pk}),
        ("rep", "learning:question", {"attempt_id": attempt.pk, "position": 1}),
        ("rep", "coaching:mine", {}),
        ("manager", "coaching:team", {}),
        ("manager", "coaching:one_to_one", {"person_id": world["rep"].pk}),
        ("manager", "coaching:notes", {}),
        ("manager", "touches:follow_ups", {}),
        ("manager", "assessments:certifications", {}),
        ("manager", "assessments:score", {"touch_id": to_mark.pk}),
        ("planner", "campaigns:plan", {}),
        ("planner", "campaigns:activity_edit", {"activity_id": lesson.pk}),
        ("planner", "assessments:results", {}),
    ]
    return world


@pytest.mark.look
@pytest.mark.parametrize(
    ("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desk-light", "phone-dark"]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_page, sign_in, axe, pages, live_server, size, dark
):
    page = new_page(size, dark=dark)
    found = []
    for role, name, kwargs in pages.things["pages"]:
        sign_in(page, pages[role])
        url = reverse(f"reinforcement:{name}", kwargs={"slug": pages.kickoff.slug, **kwargs})
        page.goto(live_server.url + url)
        found += [f"{name}: {line}" for line in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"{name}: scrolls sideways")

    assert found == []
