from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.lists.rules import mark_of
from events.kickoff.models import Kickoff
from events.planning import rules
from people.accounts.models import Person


class Workstream(models.TextChoices):
    """The three strands of planning; each has one named owner."""

    LOGISTICS = "LOGISTICS", _("Logistics")  # venue, food, registration, run of show, signage
    CONTENT = "CONTENT", _("Content")  # mainstage, breakouts, awards, comp, video
    COMMUNICATIONS = "COMMUNICATIONS", _("Communications")  # plan, channels, surveys, wrap-up


class WorkstreamOwner(models.Model):
    """Who answers for one workstream of one kickoff."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="workstream_owners")
    workstream = models.CharField(_("workstream"), max_length=15, choices=Workstream)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "workstream"], name="events_workstream_one_owner"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.workstream}"


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

    Its date counts from the event (T−`weeks_before`, or `days_after` the last day) and moves with
    it, unless it has a date of its own.
    """

    owner_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="planning_tasks")
    workstream = models.CharField(_("workstream"), max_length=15, choices=Workstream)
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
    weeks_before = models.PositiveSmallIntegerField(null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(null=True, blank=True)
    own_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(_("due"))
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    # Filled in by queries: who answers for the workstream
    workstream_owner: Person | None = None

    objects = PlanningTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("planning task")
        verbose_name_plural = _("planning tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks_before=None) | Q(days_after=None),
                name="events_task_counts_one_way",
            ),
            models.CheckConstraint(
                condition=Q(own_date=None) | Q(own_date=F("due_date")),
                name="events_task_own_date_is_due_date",
            ),
            models.CheckConstraint(
                condition=Q(weeks_before__isnull=False)
                | Q(days_after__isnull=False)
                | Q(own_date__isnull=False),
                name="events_task_has_a_date",
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
    def counts_from_the_event(self) -> bool:
        """Whether it has a date without one of its own."""
        return self.weeks_before is not None or self.days_after is not None

    @property
    def mark(self) -> str:
        """What the date counts from, as planners say it: T−8, T+30; empty for its own date."""
        if self.own_date is not None:
            return ""
        if self.weeks_before is not None:
            return f"T−{self.weeks_before}"
        return f"T+{self.days_after}" if self.days_after is not None else ""

    @property
    def seen(self) -> str:
        """A mark of what planners change: who saw another one has not seen the last change."""
        return mark_of(
            self.workstream,
            self.title,
            self.note,
            self.owner_id,
            self.weeks_before,
            self.days_after,
            self.own_date,
        )

    @property
    def row(self) -> str:
        """How the tick of this row names it."""
        return f"{self.pk}-{self.seen}"

    def derive_due_date(self) -> date:
        """The date that follows from the event's days, or its own."""
        return rules.due_date(
            self.kickoff.starts_date,
            self.kickoff.ends_date,
            weeks=self.weeks_before,
            days=self.days_after,
            own_date=self.own_date,
        )
