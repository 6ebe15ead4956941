from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.questions.models import Choice, Question
from reinforcement.campaigns.models import Activity
from reinforcement.touches.models import Touch


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)

    def of_checks(self) -> Self:
        """The attempts that measure: day 0, 30, 60 and 90."""
        return self.filter(touch__activity__kind="RETENTION_CHECK")


class Attempt(models.Model):
    """One go at the quiz of a touch. Its questions are fixed when it starts."""

    touch = models.ForeignKey(Touch, models.CASCADE, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(default=1)
    once = models.BooleanField(default=False)  # a check: no second attempt, ever
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    score_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["touch_id", "number"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["touch", "number"], name="reinforcement_attempt_number_once"
            ),
            models.UniqueConstraint(
                fields=["touch"],
                condition=Q(finished_at=None),
                name="reinforcement_attempt_one_open",
            ),
            models.CheckConstraint(
                condition=Q(once=False) | Q(number=1), name="reinforcement_attempt_no_retake"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, score_percent=None)
                | Q(
                    finished_at__gte=F("started_at"),
                    score_percent__isnull=False,
                    score_percent__gte=0,
                    score_percent__lte=100,
                ),
                name="reinforcement_attempt_finished_has_score",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def measures(self) -> bool:
        """Whether it is a check, whose questions are kept back: they are not explained."""
        return self.touch.activity.kind != Activity.Kind.MICROLEARNING


class Answer(models.Model):
    """One question of an attempt, and what the person chose: once, never changed."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    choice = models.ForeignKey(Choice, models.PROTECT, null=True, blank=True, related_name="+")
    is_right = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["attempt_id", "position"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question"], name="reinforcement_answer_one_per_question"
            ),
            models.UniqueConstraint(
                fields=["attempt", "position"], name="reinforcement_answer_one_per_position"
            ),
            models.CheckConstraint(
                condition=Q(choice=None, is_right=None, answered_at=None)
                | Q(choice__isnull=False, is_right__isnull=False, answered_at__isnull=False),
                name="reinforcement_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
