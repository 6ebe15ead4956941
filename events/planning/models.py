from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.lists.rules import mark_of
from events.kickoff.models import Kickoff
from events.planning import rules
from people.accounts.models import Person
from people.files.models import StoredFile


class Workstream(models.TextChoices):
    """The strands that each kickoff has from the start; others go by the name that planners gave."""

    LOGISTICS = "LOGISTICS", _("Logistics")  # venue, food, registration, run of show, signage
    CONTENT = "CONTENT", _("Content")  # mainstage, breakouts, awards, video
    COMMUNICATIONS = "COMMUNICATIONS", _("Communications")  # plan, channels, surveys, wrap-up
    COMP = "COMP", _("Comp")  # territories, quotas, plans, packets


def workstream_name(workstream: str) -> str:
    """What a workstream is called: of those that were added, the value is the name."""
    return str(Workstream(workstream).label) if workstream in Workstream else workstream


class WorkstreamOwner(models.Model):
    """Who answers for one workstream of one kickoff. One that was added stands here unowned too."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="workstream_owners")
    workstream = models.CharField(_("workstream"), max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "workstream"], name="events_workstream_one_owner"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.workstream}"


class Timeline(models.Model):
    """What a kickoff's tasks have in common. Who has said none of it has no row."""

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="timeline")
    plan_date = models.DateField(_("the comp plan takes effect"), null=True, blank=True)
    # Working days that were left when the template was compressed to them; empty where it was not
    started_days = models.PositiveSmallIntegerField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)  # when its baseline was last frozen
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("timeline")
        verbose_name_plural = _("timelines")

    def __str__(self) -> str:
        return f"#{self.pk}"


UNITS = [
    (rules.Unit.WEEKS.value, _("weeks")),
    (rules.Unit.WORKING_DAYS.value, _("working days")),
    (rules.Unit.DAYS.value, _("days")),
]
COUNTS_FROM = [
    (rules.CountsFrom.BEFORE_EVENT.value, _("before the first day")),
    (rules.CountsFrom.AFTER_EVENT.value, _("after the last day")),
    (rules.CountsFrom.BEFORE_PLAN.value, _("before the comp plan takes effect")),
    (rules.CountsFrom.AFTER_PLAN.value, _("after the comp plan takes effect")),
]


class PlanningTaskQuerySet(models.QuerySet["PlanningTask"]):
    def open(self) -> Self:
        """Tasks that are still to be done."""
        return self.filter(done_at=None)

    def late(self, today: date) -> Self:
        """Open tasks whose day is over; `today` is the date at the venue."""
        return self.open().filter(due_date__lt=today)


class PlanningTask(models.Model):
    """
    One thing that somebody does to get a kickoff ready, or to follow it up.

    Its date counts from the event or from the comp plan (`offset`), is as much later as what it waits
    for demands, and moves with them; unless it was set by hand (`own_date`): that is never moved.
    """

    owner_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="planning_tasks")
    workstream = models.CharField(_("workstream"), max_length=40)
    title = models.CharField(_("task"), max_length=160)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="planning_tasks",
        verbose_name=_("owner"),
    )
    offset = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=UNITS, default=rules.Unit.WEEKS.value)
    counts_from = models.CharField(
        _("counts from"),
        max_length=12,
        choices=COUNTS_FROM,
        default=rules.CountsFrom.BEFORE_EVENT.value,
    )
    takes_days = models.PositiveSmallIntegerField(
        _("working days that it takes"),
        default=5,
        validators=[MaxValueValidator(rules.LONGEST_TASK_DAYS)],
    )
    own_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(_("due"))
    # What it said when the baseline was frozen; empty for what was added since
    baseline_date = models.DateField(null=True, blank=True)
    baseline_days = models.PositiveSmallIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    # Filled in by queries: who answers for the workstream
    workstream_owner: Person | None = None
    # Filled in by actions: what moved along when this one changed
    moved_along: Sequence[PlanningTask] = ()

    objects = PlanningTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("planning task")
        verbose_name_plural = _("planning tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(own_date=None) | Q(own_date=F("due_date")),
                name="events_task_own_date_is_due_date",
            ),
            models.CheckConstraint(
                condition=Q(offset__isnull=False) | Q(own_date__isnull=False),
                name="events_task_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(baseline_date=None, baseline_days=None)
                | Q(baseline_date__isnull=False, baseline_days__isnull=False),
                name="events_task_baseline_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_at__isnull=False),
                name="events_task_done_by_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kickoff", "due_date"],
                condition=Q(done_at=None),
                name="events_task_open_due",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def answerable(self) -> Person | None:
        """Who does it: its owner, else the owner of its workstream."""
        return self.owner or self.workstream_owner

    @property
    def workstream_name(self) -> str:
        return workstream_name(self.workstream)

    @property
    def is_by_hand(self) -> bool:
        """Whether its date was set by hand: nothing moves it then."""
        return self.own_date is not None

    @property
    def counts(self) -> rules.Offset | None:
        """What its date counts from when it has none of its own."""
        if self.offset is None:
            return None
        return _offset(self.offset, self.unit, self.counts_from)

    @property
    def mark(self) -> str:
        """What the date counts from, as planners say it: T−8, T+30; empty for its own date."""
        counts = None if self.is_by_hand else self.counts
        return counts.mark if counts is not None else ""

    @property
    def seen(self) -> str:
        """A mark of what planners change: who saw another one has not seen the last change."""
        return mark_of(
            self.workstream,
            self.title,
            self.note,
            self.owner_id,
            self.offset,
            self.unit,
            self.counts_from,
            self.takes_days,
            self.own_date,
        )

    @property
    def row(self) -> str:
        """How the tick of this row names it."""
        return f"{self.pk}-{self.seen}"


@lru_cache(maxsize=512)
def _offset(number: int, unit: str, counts_from: str) -> rules.Offset:
    """The same few for hundreds of tasks."""
    return rules.Offset(number, rules.Unit(unit), rules.CountsFrom(counts_from))


class Dependency(models.Model):
    """A task begins once another one is over, `lag_days` later, or earlier where that is below zero."""

    task_id: int
    predecessor_id: int

    task = models.ForeignKey(PlanningTask, models.CASCADE, related_name="waits_for")
    predecessor = models.ForeignKey(PlanningTask, models.CASCADE, related_name="holds_up")
    lag_days = models.SmallIntegerField(_("days in between"), default=0)

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "predecessor"], name="events_dependency_once_a_pair"
            ),
            models.CheckConstraint(
                condition=~Q(task=F("predecessor")), name="events_dependency_of_two"
            ),
            models.CheckConstraint(
                condition=Q(lag_days__gte=-rules.LONGEST_LAG_DAYS)
                & Q(lag_days__lte=rules.LONGEST_LAG_DAYS),
                name="events_dependency_lag_in_measure",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def link(self) -> rules.Link:
        return rules.Link(self.task_id, self.predecessor_id, self.lag_days)


class TaskItem(models.Model):
    """One step of a task, ticked by itself. A task is not done because all of its steps are."""

    task_id: int

    task = models.ForeignKey(PlanningTask, models.CASCADE, related_name="items")
    text = models.CharField(_("step"), max_length=200)
    place = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("step of a task")
        verbose_name_plural = _("steps of tasks")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="events_taskitem_says_something"),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_at__isnull=False),
                name="events_taskitem_done_by_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


class TaskComment(models.Model):
    """
    What somebody says on a task to whoever works on it. Whom it mentions may read that task for as
    long as they answer for something of the plan.
    """

    task_id: int
    author_id: int | None

    task = models.ForeignKey(PlanningTask, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=2000)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("comment on a task")
        verbose_name_plural = _("comments on tasks")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="events_taskcomment_says_something"),
            models.CheckConstraint(
                condition=Q(edited_at=None) | Q(edited_at__gte=F("written_at")),
                name="events_taskcomment_edited_after_written",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class TaskFile(models.Model):
    """A file that belongs to a task: whoever reads the task reads it."""

    task = models.ForeignKey(PlanningTask, models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a task")
        verbose_name_plural = _("files of tasks")

    def __str__(self) -> str:
        return f"#{self.pk}"


class PlanDigest(models.Model):
    """The digest of one week was told to a person, or had nothing to tell."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week_date = models.DateField()  # its Monday

    class Meta:
        verbose_name = _("digest of a plan")
        verbose_name_plural = _("digests of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person", "week_date"], name="events_plandigest_once_a_week"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.week_date}"
