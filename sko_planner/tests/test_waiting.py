"""Whatever can wait for somebody is in the one truth: its capability says so, or here stands why not."""

from django.apps import apps
from django.db import models

from people.waiting.hooks import find_waiting
from sko_planner.tests.test_architecture import CAPABILITIES, _capability

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
    "events.packets.comp": "an edition of the terms is a draft until RevOps publishes it",
    "events.trail": "the daily seal is the worker's; a break is an alarm, not a task",
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
    return {one.function.__module__.removesuffix(".waiting") for one in find_waiting.registered}


def test_each_capability_that_holds_something_due_or_open_says_for_whom_it_waits():
    assert holding() - sources() - set(NOTHING_WAITS) == set()
