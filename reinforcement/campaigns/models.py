from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.sessions.models import Session
from events.attendance.models import Segment
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from reinforcement.campaigns import rules


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self) -> Self:
        """Campaigns whose 90 days are under way."""
        return self.filter(state=Campaign.State.RUNNING)


class Campaign(models.Model):
    """The 90 days after one kickoff."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("planned")
        RUNNING = "RUNNING", _("running")
        DONE = "DONE", _("done")

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="campaign")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_date = models.DateField(null=True, blank=True)  # day 0, once it is running
    started_at = models.DateTimeField(null=True, blank=True)
    touches_planned_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="PLANNED")
                | Q(starts_date__isnull=False, started_at__isnull=False),
                name="reinforcement_campaign_started_has_day_zero",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id}"

    @property
    def day_zero(self) -> date:
        """The last day of the event."""
        return self.starts_date or self.kickoff.ends_date


class ActivityQuerySet(models.QuerySet["Activity"]):
    def live(self) -> Self:
        """Activities that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Activity(Segment):
    """One step of the 30-60-90 plan; each person of its segment gets a touch of it."""

    class Kind(models.TextChoices):
        MICROLEARNING = "MICROLEARNING", _("microlearning")
        MANAGER_FOLLOW_UP = "MANAGER_FOLLOW_UP", _("manager follow-up")
        RETENTION_CHECK = "RETENTION_CHECK", _("check")
        CERTIFICATION = "CERTIFICATION", _("certification")

    class Setting(models.TextChoices):
        ONE_TO_ONE = "ONE_TO_ONE", _("1:1, one a rep")
        TEAM_MEETING = "TEAM_MEETING", _("team meeting, one a team")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    setting = models.CharField(
        _("where the manager does it"), max_length=15, choices=Setting.choices, blank=True
    )
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("what to read or do"), max_length=2000, blank=True)
    day_offset = models.PositiveSmallIntegerField(
        _("day"), validators=[MaxValueValidator(rules.LAST_OFFSET)]
    )
    local_hour = models.PositiveSmallIntegerField(
        _("hour"), default=9, validators=[MinValueValidator(6), MaxValueValidator(20)]
    )
    days_to_do = models.PositiveSmallIntegerField(
        _("days to do it"), default=3, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    question_count = models.PositiveSmallIntegerField(
        _("questions"), default=4, validators=[MinValueValidator(3), MaxValueValidator(20)]
    )
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("session it revisits"),
    )
    topics = models.ManyToManyField(
        Topic, related_name="activities", blank=True, verbose_name=_("topics")
    )
    changed_at = models.DateTimeField()
    has_touches = models.BooleanField(default=False)  # False again after each change
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["day_offset", "local_hour", "pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(day_offset__lte=rules.LAST_OFFSET),
                name="reinforcement_activity_within_120_days",
            ),
            models.CheckConstraint(
                condition=Q(local_hour__gte=6, local_hour__lte=20),
                name="reinforcement_activity_by_day",
            ),
            models.CheckConstraint(
                condition=Q(days_to_do__gte=1, days_to_do__lte=30),
                name="reinforcement_activity_days_to_do",
            ),
            models.CheckConstraint(
                condition=~Q(kind="RETENTION_CHECK") | Q(day_offset__in=rules.CHECKPOINT_DAYS),
                name="reinforcement_activity_check_on_checkpoint_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="MANAGER_FOLLOW_UP", setting__in=["ONE_TO_ONE", "TEAM_MEETING"])
                | (~Q(kind="MANAGER_FOLLOW_UP") & Q(setting="")),
                name="reinforcement_activity_setting_of_follow_up",
            ),
            models.UniqueConstraint(
                fields=["campaign", "day_offset"],
                condition=Q(kind="RETENTION_CHECK", withdrawn_at=None),
                name="reinforcement_activity_one_check_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def grace_hours(self) -> int:
        """How late it may still be sent after downtime; later it is skipped as stale."""
        checkpoints = (self.Kind.RETENTION_CHECK, self.Kind.CERTIFICATION)
        if self.kind in checkpoints:
            return rules.CHECKPOINT_GRACE_HOURS
        return rules.NUDGE_GRACE_HOURS

    @property
    def has_quiz(self) -> bool:
        return self.kind != self.Kind.MANAGER_FOLLOW_UP
