"""Whoever answers for a task opens it, notes something and ticks it, and sees nothing else."""

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


def test_an_owner_notes_something_and_the_rest_of_the_task_stays(owner, task):
    page = owner.get(at("mine", task))
    assert "Book the buses" in page.content.decode()
    seen = page.context["form"].initial["seen"]

    answer = owner.post(at("mine", task), {"note": "Two are booked.", "seen": seen}, follow=True)

    assert "Your note is kept." in answer.content.decode()
    kept = dict(task.__dict__, note="Two are booked.")
    task.refresh_from_db()
    assert {name: getattr(task, name) for name in kept if name[0] != "_"} == {
        name: value for name, value in kept.items() if name[0] != "_"
    }


def test_a_note_on_a_task_that_a_planner_changed_meanwhile_is_asked_for_again(owner, task):
    seen = owner.get(at("mine", task)).context["form"].initial["seen"]
    task.note = "Ask for three."
    task.save()

    answer = owner.post(at("mine", task), {"note": "Two.", "seen": seen})

    assert answer.status_code == 422
    assert "meanwhile" in answer.content.decode()
    task.refresh_from_db()
    assert task.note == "Ask for three."


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

    assert client.get(at("mine", unowned)).status_code == 200
    assert client.get(at("mine", task)).status_code == 404
    assert client.post(at("tick", task)).status_code == 404


def test_a_task_that_was_given_to_another_is_gone(owner, task):
    former = task.owner
    task.owner = PersonFactory()
    task.save()

    owner.force_login(former)
    for name in ("mine", "edit"):
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
    html = owner.get(at("mine", task)).content.decode()

    links = {part.partition('"')[0] for part in html.split(' href="/')[1:]}
    for link in links:
        if not link.startswith("static"):
            assert owner.get(f"/{link}", follow=True).status_code == 200
