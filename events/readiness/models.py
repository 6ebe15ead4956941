from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff


class Waiver(models.Model):
    """That a check of a kickoff asks nobody for a while, and why. It gives no points."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="waivers")
    check_key = models.CharField(max_length=60)
    reason = models.CharField(_("reason"), max_length=300)
    until_date = models.DateField(_("until"))  # the last day, at the venue
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("waiver of a check")
        verbose_name_plural = _("waivers of checks")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "check_key"], name="events_waiver_one_a_check"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="events_waiver_says_why"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.check_key}"


class OwnThreshold(models.Model):
    """The number that a planner asks for of a check, in place of its default, and why."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="thresholds")
    check_key = models.CharField(max_length=60)
    value = models.PositiveIntegerField(_("asks for"))  # in the unit of the check's threshold
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("threshold of a check")
        verbose_name_plural = _("thresholds of checks")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "check_key"], name="events_ownthreshold_one_a_check"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="events_ownthreshold_says_why"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.check_key}"


class WeeklyScore(models.Model):
    """How ready a kickoff was on a Tuesday: its score, and by check the points and what was found."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="weekly_scores")
    week_date = models.DateField()
    score = models.PositiveSmallIntegerField()
    points = models.JSONField(default=dict)  # by the key of a check: points, and the finding's text

    class Meta:
        ordering = ["week_date"]
        verbose_name = _("weekly score")
        verbose_name_plural = _("weekly scores")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "week_date"], name="events_weeklyscore_once_a_week"
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100), name="events_weeklyscore_up_to_100"
            ),
            models.CheckConstraint(
                condition=Q(week_date__week_day=3), name="events_weeklyscore_on_tuesdays"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.week_date}"
