"""Whatever can wait for somebody is in the one truth: its capability says so, or here stands why not."""

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from events.tests.world import build_world
from people.waiting.hooks import find_shared, find_waiting
from people.waiting.models import Stale, Standing
from sko_planner.tests.test_architecture import CAPABILITIES, _capability
from sko_planner.tests.test_shell import shell_of

# What a column is called that says when something is due, or that it is still open
DUE = {"due_at", "due_date", "overdue_at", "next_step_by", "expires_at"}
OPEN = {
    "done_at",
    "answered_at",
    "closed_at",
    "decided_at",
    "taken_at",
    "seen_at",
    "read_at",
    "state",
    "suggested",
}

# Capabilities that hold such a column and for which nobody has to do anything
NOTHING_WAITS = {
    "agenda.groups": "a search is a worker's; a release tells by notices, holes are on the board",
    "events.packets.comp": "an edition of the terms is a draft until RevOps publishes it",
    "events.trail": "the daily seal is the worker's; a break is an alarm, not a task",
    "people.notices": "what is new can be read, and nobody has to",
    "reinforcement.campaigns": "a campaign starts by itself; its touches wait",
    "reinforcement.learning": "a quiz is what a touch asks for, and waits there",
}


def holding():
    """The capabilities with a table that holds something due or open."""
    return {
        _capability(model)
        for model in apps.get_models()
        if _capability(model) in CAPABILITIES
        for field in model._meta.local_fields
        if isinstance(field, models.Field) and field.name in DUE | OPEN
    }


def sources():
    """The capabilities that say what of theirs waits."""
    registered = [*find_waiting.registered, *find_shared.registered]
    return {one.function.__module__.removesuffix(".waiting") for one in registered}


def test_each_capability_that_holds_something_due_or_open_says_for_whom_it_waits():
    assert holding() - sources() - set(NOTHING_WAITS) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["planner", "revops", "executive", "manager"])
def test_nobody_with_one_role_has_more_than_fourteen_lines(role):
    nav = shell_of(build_world()[role])

    assert 3 <= sum(len(part.links) for part in nav.sections) <= 14


@pytest.mark.django_db
def test_a_line_counts_what_waits_there_at_the_kickoff_in_use():
    world = build_world()
    Standing.objects.create(
        person=world["planner"],
        counts={
            world.kickoff.slug: {"planning.task": 3, "bets.adopt": 1},
            "another": {"planning.task": 8},
            "": {"mail.stuck": 2},
        },
        renewed_at=timezone.now(),
    )
    Stale.objects.all().delete()

    nav = shell_of(world["planner"])

    assert {
        link.label: link.count for part in nav.sections for link in part.links if link.count
    } == {
        "Timeline": 3,
        "Big bets": 1,
        "Outbox": 2,
    }
