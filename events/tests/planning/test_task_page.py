"""A task on its page: why it is due then, its steps, and who is told of what is said on it."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from events.planning import actions, queries, rules
from events.planning.actions import PlanningRefused
from events.planning.models import Dependency, PlanningTask, TaskComment, TaskItem, WorkstreamOwner
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.notices.models import Notice
from people.tests.factories import PersonFactory, PlannerFactory

AT = datetime(2027, 1, 4, 9, tzinfo=UTC)


class World:
    """A planner, the owner of a task, the owner of another one, and somebody who owns nothing."""

    def __init__(self):
        self.kickoff = KickoffFactory()
        self.planner = PlannerFactory(full_name="Priya Raghunathan")
        self.owner = PersonFactory(full_name="Inês Carvalhal", country="PT")
        self.other = PersonFactory(full_name="Chidi Okonkwo")
        self.rep = PersonFactory(full_name="Bob Smith")
        self.task = PlanningTaskFactory(kickoff=self.kickoff, owner=self.owner, title="The quote")
        self.others = PlanningTaskFactory(kickoff=self.kickoff, owner=self.other)

    def at(self, name="task", *more, task=None):
        args = [self.kickoff.slug, (task or self.task).pk, *more]
        return reverse(f"events:planning:{name}", args=args)

    def said(self, text, by=None, **more):
        task = queries.task_of(self.kickoff, self.task.pk)
        return actions.write_comment(task=task, text=text, by=by or self.planner, at=AT, **more)

    def told(self):
        return set(Notice.objects.values_list("person__full_name", "kind"))


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize(
    ("text", "keys", "unknown"),
    [
        ("@ines carvalhal, please", {1}, ()),
        ("(@Inês) and @CHIDI OKONKWO.", {1, 2}, ()),
        ("@Priya asks", set(), ("Priya",)),  # two are called so
        ("@Priya Shah asks", {4}, ()),
        ("mail ines@carvalhal.pt @ 9:00", set(), ()),
        ("@Chidiebere, @<b>", set(), ("Chidiebere",)),
        ("", set(), ()),
    ],
)
def test_a_comment_mentions_by_full_name_or_by_a_first_name_that_only_one_has(text, keys, unknown):
    names = {
        1: "Inês Carvalhal",
        2: "Chidi Okonkwo",
        3: "Priya Raghunathan",
        4: "Priya Shah",
        5: "",
    }
    assert rules.mentions(text, names) == rules.Mentions(frozenset(keys), unknown)


def test_the_page_says_what_the_date_counts_from_which_holiday_moved_it_and_what_holds_it(
    world, client
):
    task = world.task
    # Eight weeks before 2 February is 8 December, which Portugal keeps free
    PlanningTask.objects.filter(pk=task.pk).update(
        offset=8, due_date=date(2026, 12, 7), baseline_date=date(2026, 12, 2), baseline_days=5
    )
    client.force_login(world.planner)
    words = " ".join(client.get(world.at()).content.decode().split())
    assert "T−8: counted from" in words
    assert "That is a holiday of the owner" in words
    assert "slipped by 3 working days since" in words

    Dependency.objects.create(task=task, predecessor=world.others)  # due 5 January
    PlanningTask.objects.filter(pk=task.pk).update(due_date=date(2027, 1, 12))
    page = queries.page_of(queries.task_of(world.kickoff, task.pk))
    assert [(one.task, one.holds) for one in page.waits_for] == [(world.others, True)]


def test_the_page_asks_as_many_queries_whatever_stands_on_the_task(
    world, client, django_assert_max_num_queries
):
    client.force_login(world.planner)
    client.get(world.at())
    for number in range(6):
        TaskItem.objects.create(task=world.task, text=f"Step {number}", place=number)
        world.said(f"{number}: @Chidi and @Inês")
        Dependency.objects.create(
            task=world.task, predecessor=PlanningTaskFactory(kickoff=world.kickoff)
        )
    with django_assert_max_num_queries(15):
        assert client.get(world.at()).status_code == 200
    with django_assert_max_num_queries(1):
        marks = queries.marks_of([world.task, world.others])
    assert marks == {world.task.pk: queries.Marks(6, 6, 6)}


def test_an_owner_adds_steps_ticks_them_and_puts_them_in_order(world, client):
    client.force_login(world.owner)
    for text in ("Ask", "Compare", "Sign"):
        client.post(world.at("add_item"), {"text": text})
    ask, compare, sign = world.task.items.all()

    client.post(world.at("item", sign.pk), {"do": "up"})
    client.post(world.at("item", ask.pk), {"do": "up"})  # it is the first already
    client.post(world.at("item", ask.pk), {"do": "done"})
    client.post(world.at("item", compare.pk), {"do": "delete"})

    found = [(one.text, one.done_by) for one in world.task.items.all()]
    assert found == [("Ask", world.owner), ("Sign", None)]
    client.post(world.at("item", ask.pk), {"do": "open"})
    assert not world.task.items.get(pk=ask.pk).is_done
    assert client.post(world.at("add_item"), {"text": "x" * 10_000}).status_code == 422
    other = TaskItem.objects.create(task=world.others, text="Theirs", place=0)
    assert client.post(world.at("item", other.pk), {"do": "done"}).status_code == 404
    for number in range(2, actions.checklist.MOST_ITEMS):
        TaskItem.objects.create(task=world.task, text="x", place=number)
    with pytest.raises(PlanningRefused, match="at most 50"):
        actions.add_item(task_id=world.task.pk, text="More", by=world.owner, at=AT)


def test_who_is_mentioned_and_who_owns_the_task_are_told_once_and_nobody_else(world):
    said = world.said("@Chidi, @Bob: ask @Priya Raghunathan")

    assert said.unknown == ("Bob",)  # who owns nothing of the plan may not see it
    assert world.told() == {
        ("Chidi Okonkwo", "planning.mentioned"),
        ("Inês Carvalhal", "planning.commented"),
    }
    actions.edit_comment(comment=said.comment, text="@Chidi and @Inês", by=world.planner, at=AT)
    assert Notice.objects.count() == 2
    assert world.said("@Chidi and @Inês").comment == said.comment  # sent twice in a row
    world.said("Look", mention=world.rep)
    assert not Notice.objects.filter(person=world.rep).exists()
    assert world.said("Look here", mention=world.other).comment.text.startswith("@Chidi Okonkwo ")


def test_whoever_is_mentioned_reads_that_task_while_they_own_something_of_the_plan(world, client):
    client.force_login(world.other)
    assert client.get(world.at()).status_code == 404
    comment = world.said("@Chidi what do you think?").comment

    assert "what do you think?" in client.get(world.at()).content.decode()
    assert client.post(world.at("comment"), {"text": "Fine."}).status_code == 302
    for name in ("tick", "add_item", "toggle", "delete"):
        assert client.post(world.at(name)).status_code == 404
    own = TaskComment.objects.get(author=world.other)

    PlanningTask.objects.filter(owner=world.other).update(owner=None)
    assert client.get(world.at()).status_code == 404
    assert client.post(world.at("edit_comment", own.pk), {"text": "No."}).status_code == 404
    WorkstreamOwner.objects.create(
        kickoff=KickoffFactory(), workstream="CONTENT", person=world.other
    )
    assert client.get(world.at()).status_code == 404  # of another kickoff
    WorkstreamOwner.objects.create(kickoff=world.kickoff, workstream="CONTENT", person=world.other)
    assert client.get(world.at()).status_code == 200
    actions.delete_comment(comment=comment, by=world.planner, at=AT)
    assert client.get(world.at()).status_code == 404


def test_a_comment_is_changed_and_deleted_by_its_author_alone(world, client):
    comment = world.said("First", by=world.owner).comment
    client.force_login(world.planner)
    for name in ("edit_comment", "delete_comment"):
        assert client.post(world.at(name, comment.pk), {"text": "Mine"}).status_code == 404

    client.force_login(world.owner)
    client.post(world.at("edit_comment", comment.pk), {"text": "<script>alert(1)</script>"})
    page = client.get(world.at()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    for text in ("x" * 10_000, " \n "):
        answer = client.post(world.at("comment"), {"text": text})
        assert answer.status_code == 422
    elsewhere = world.at("edit_comment", comment.pk, task=world.others)
    assert client.get(elsewhere).status_code == 404
    assert client.post(world.at("delete_comment", comment.pk)).status_code == 302
    assert not TaskComment.objects.exists()


def test_a_file_is_added_by_who_works_on_the_task_and_read_by_who_reads_it(
    world, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.owner)
    client.post(world.at("add_file"), {"file": ContentFile(b"5,900 over plan", "Quote.txt")})
    page = client.post(world.at("add_file"), {"file": ContentFile(b"<html>", "Quote.html")})
    assert page.status_code == 422
    (held,) = world.task.files.all()
    assert b"".join(client.get(world.at("file", held.pk))) == b"5,900 over plan"
    assert client.get(world.at("file", held.pk, task=world.others)).status_code == 404

    client.force_login(world.other)
    assert client.get(world.at("file", held.pk)).status_code == 404
    world.said("@Chidi see the quote")
    assert client.get(world.at("file", held.pk)).status_code == 200
    assert client.post(world.at("remove_file", held.pk)).status_code == 404
    assert client.post(world.at("add_file")).status_code == 404
    client.force_login(world.planner)
    client.post(world.at("remove_file", held.pk))
    assert not world.task.files.exists()


def test_on_an_archived_kickoff_nothing_is_said_or_ticked(world):
    item = actions.add_item(task_id=world.task.pk, text="Ask", by=world.owner, at=AT)
    comment = world.said("First").comment
    world.kickoff.status = "ARCHIVED"
    world.kickoff.save()
    for refused in (
        lambda: actions.add_item(task_id=world.task.pk, text="Ask", by=world.owner, at=AT),
        lambda: actions.tick_item(item=fresh(item), done=True, by=world.owner, at=AT),
        lambda: actions.delete_item(item=fresh(item), by=world.owner, at=AT),
        lambda: world.said("Second"),
        lambda: actions.edit_comment(comment=fresh(comment), text="x", by=world.planner, at=AT),
        lambda: actions.delete_comment(comment=fresh(comment), by=world.planner, at=AT),
    ):
        with pytest.raises(PlanningRefused, match="archived"):
            refused()


def fresh(row):
    return type(row).objects.select_related("task__kickoff").get(pk=row.pk)


def test_what_must_never_be_in_the_database_is_refused_by_it(world):
    item = {"task": world.task, "place": 0}
    comment = {"task": world.task, "written_at": AT}
    for name, model, values in (
        ("taskitem_says_something", TaskItem, {**item, "text": ""}),
        ("taskitem_done_by_has_time", TaskItem, {**item, "text": "x", "done_by": world.owner}),
        ("taskcomment_says_something", TaskComment, {**comment, "text": ""}),
        (
            "taskcomment_edited_after_written",
            TaskComment,
            {**comment, "text": "x", "edited_at": AT.replace(year=2026)},
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.create(**values)
