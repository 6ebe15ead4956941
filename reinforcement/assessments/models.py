from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.questions.models import Topic
from reinforcement.campaigns.models import Activity
from reinforcement.learning.models import Attempt
from reinforcement.learning.rules import CERTIFIED_PERCENT
from reinforcement.touches.models import Touch


class Review(models.Model):
    """A manager's marks for the three behaviours of a certification, as seen in real work."""

    touch = models.ForeignKey(Touch, models.CASCADE, related_name="reviews")
    rep = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        ordering = ["-scored_at", "-pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=~Q(rep=models.F("manager")), name="reinforcement_review_not_of_oneself"
            ),
            # A form sent twice carries the same moment only when it is the same request
            models.UniqueConstraint(
                fields=["touch", "scored_at"], name="reinforcement_review_one_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Mark(models.Model):
    """One behaviour of a review, 1 (not seen yet) to 4 (shows others)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="marks")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["review_id", "pk"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "topic"], name="reinforcement_mark_one_per_topic"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=4), name="reinforcement_mark_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CertificationQuerySet(models.QuerySet["Certification"]):
    def valid(self, today: date) -> Self:
        """Certifications that have not expired."""
        return self.filter(expires_date__gt=today)


class Certification(models.Model):
    """A certificate as it was issued. Never changed: a re-issue is a new row."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certifications"
    )
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="certifications")
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="+")
    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    score_percent = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    expires_date = models.DateField()

    objects = CertificationQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "review"], name="reinforcement_certification_once_per_proof"
            ),
            models.CheckConstraint(
                condition=Q(score_percent__gte=CERTIFIED_PERCENT, score_percent__lte=100),
                name="reinforcement_certification_80_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
