from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.packets.coverage.rules import reminders as rules
from events.packets.delivery.models import PacketVersion

MOST_DAYS = 30
_DEFAULT = rules.Plan()
_DAYS = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]


class ReminderPlan(models.Model):
    """When packets of a kickoff are reminded of. Without a row, the defaults of the rules hold."""

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="packet_reminder_plan")
    is_on = models.BooleanField(_("remind by itself"), default=True)
    unopened_days = models.PositiveSmallIntegerField(
        _("days after the release"),
        default=_DEFAULT.unopened_days,
        validators=_DAYS,
        help_text=_("A rep who has not opened the packet by then is reminded."),
    )
    manager_days = models.PositiveSmallIntegerField(
        _("days after the event"),
        default=_DEFAULT.manager_days,
        validators=_DAYS,
        help_text=_("The manager hears who has not signed."),
    )
    above_days = models.PositiveSmallIntegerField(
        _("days after the event, one level up"),
        default=_DEFAULT.above_days,
        validators=_DAYS,
        help_text=_("The manager's manager hears of it."),
    )

    class Meta:
        verbose_name = _("reminder plan")
        verbose_name_plural = _("reminder plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(above_days__gt=F("manager_days")),
                name="events_reminderplan_manager_before_above",
            ),
            models.CheckConstraint(
                condition=Q(unopened_days__gte=1, unopened_days__lte=MOST_DAYS)
                & Q(manager_days__gte=1, above_days__lte=MOST_DAYS),
                name="events_reminderplan_days_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id}"

    @property
    def plan(self) -> rules.Plan:
        return rules.Plan(self.unopened_days, self.manager_days, self.above_days)


class Reminder(models.Model):
    """
    One time that a rep was reminded of a version, or that somebody above heard of it.

    `local_date` is the day of whoever was written to. One mail a rep and day at most, by hand or
    by itself; each stage of the plan once a version.
    """

    class Stage(models.TextChoices):
        BY_HAND = "BY_HAND", _("by hand")
        UNOPENED = "UNOPENED", _("not opened")
        LAST_MORNING = "LAST_MORNING", _("last morning")
        LIST = "LIST", _("list for the manager")
        MANAGER = "MANAGER", _("manager")
        ABOVE = "ABOVE", _("one level up")

    version = models.ForeignKey(PacketVersion, models.PROTECT, related_name="reminders")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    local_date = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "local_date"],
                condition=Q(stage="BY_HAND"),
                name="events_reminder_by_hand_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["version", "stage"],
                condition=~Q(stage="BY_HAND"),
                name="events_reminder_each_stage_once",
            ),
            models.CheckConstraint(
                condition=~Q(stage="BY_HAND") | Q(by__isnull=False),
                name="events_reminder_by_hand_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id} {self.stage}"
