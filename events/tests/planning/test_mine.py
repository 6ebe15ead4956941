"""Whoever answers for a task opens it and ticks it, and sees nothing else."""

import pytest
from django.urls import reverse

from events.planning.models import WorkstreamOwner
from events.tests.factories import PlanningTaskFactory
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
BELL = reverse("people:bell:show")


@pytest.fixture
def task():
    return PlanningTaskFactory(owner=PersonFactory(), title="Book the buses")


def at(name, task):
    return reverse(f"events:planning:{name}", args=[task.kickoff.slug, task.pk])


@pytest.fixture
def owner(client, task):
    client.force_login(task.owner)
    return client


def test_an_owner_ticks_it_from_the_bell_and_takes_it_back(owner, task):
    said = owner.post(at("tick", task), {"from_list": BELL}, follow=True)

    task.refresh_from_db()
    assert (task.is_done, task.done_by) == (True, task.owner)
    assert said.redirect_chain[-1][0] == BELL
    undo = f"{at('tick', task)}?done=0"
    assert f'action="{undo}"' in said.content.decode()
    assert "is open again." in owner.post(undo, follow=True).content.decode()
    task.refresh_from_db()
    assert not task.is_done


def test_who_answers_for_the_workstream_opens_its_tasks_but_none_of_another_owner(client, task):
    stream = WorkstreamOwner.objects.create(
        kickoff=task.kickoff, workstream=task.workstream, person=PersonFactory()
    )
    unowned = PlanningTaskFactory(kickoff=task.kickoff, workstream=task.workstream)
    client.force_login(stream.person)

    assert client.get(at("task", unowned)).status_code == 200
    assert client.get(at("task", task)).status_code == 404
    assert client.post(at("tick", task)).status_code == 404


def test_a_task_that_was_given_to_another_is_gone(owner, task):
    former = task.owner
    task.owner = PersonFactory()
    task.save()

    owner.force_login(former)
    for name in ("task", "mine", "edit"):
        assert owner.get(at(name, task)).status_code == 404
    assert owner.post(at("tick", task)).status_code == 404
    task.refresh_from_db()
    assert not task.is_done


def test_an_owner_opens_nothing_else_of_the_timeline(owner, task):
    assert owner.get(at("edit", task)).status_code == 404
    for name in ("change", "toggle", "delete"):
        assert owner.post(at(name, task)).status_code == 404
    timeline = reverse("events:planning:list", args=[task.kickoff.slug])
    assert owner.get(timeline).status_code == 404


def test_of_an_archived_kickoff_nothing_changes(owner, task):
    task.kickoff.status = "ARCHIVED"
    task.kickoff.save()

    said = owner.post(at("tick", task), follow=True).content.decode()

    assert "This kickoff is archived" in said
    task.refresh_from_db()
    assert not task.is_done


def test_no_link_of_the_page_leads_where_the_owner_may_not_go(owner, task):
    html = owner.get(at("task", task)).content.decode()

    links = {part.partition('"')[0] for part in html.split(' href="/')[1:]}
    for link in links:
        if not link.startswith("static"):
            assert owner.get(f"/{link}", follow=True).status_code == 200
