from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.notices import rules


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        """What its person has not opened or marked as read."""
        return self.filter(read_at=None)

    def kept(self, at: datetime) -> Self:
        """What the bell shows: the last 90 days."""
        return self.filter(at__gt=_oldest(at))

    def past(self, at: datetime) -> Self:
        """What is kept no longer."""
        return self.filter(at__lte=_oldest(at))


class Notice(models.Model):
    """
    Something new that one person was told: the bell keeps it for 90 days.

    Its text names people and things, and holds no figure. `waits_for_mail` says that the next daily
    mail tells of it, unless it is read before.
    """

    key = models.CharField(max_length=160)  # what makes it the only one
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=rules.LONGEST_PATH, blank=True)
    place_key = models.CharField(max_length=100, blank=True)
    place_label = models.CharField(max_length=200, blank=True)
    place_url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    waits_for_mail = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["key"], name="people_notice_one_per_key"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("at")),
                name="people_notice_read_after_told",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="people_notice_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="people_notice_unread"),
            models.Index(fields=["at"], name="people_notice_at"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class Choice(models.Model):
    """How one person wants to be mailed of one kind; without a row it is the kind's default."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    delivery = models.CharField(max_length=5, choices=[(one, one) for one in rules.Delivery])

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="people_choice_one_per_kind"),
            models.CheckConstraint(
                condition=Q(delivery__in=list(rules.Delivery)), name="people_choice_delivery_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}: {self.delivery}"


def _oldest(at: datetime) -> datetime:
    return at - timedelta(days=rules.KEPT_DAYS)
