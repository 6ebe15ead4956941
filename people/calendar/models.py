from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ClosingDay(models.Model):
    """A day on which the company rests beside the public holidays, everywhere or in one country."""

    date = models.DateField(_("date"))
    country = models.CharField(_("country"), max_length=2, blank=True)  # empty: everywhere
    name = models.CharField(_("what it is"), max_length=80, blank=True)

    class Meta:
        ordering = ["date", "country"]
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        constraints = [
            models.UniqueConstraint(
                fields=["date", "country"], name="people_closingday_once_a_country"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.country}"


class LeaveQuerySet(models.QuerySet["Leave"]):
    def not_over(self, today: date) -> Self:
        """Leave that has not begun, or not ended."""
        return self.filter(ends_date__gte=today)


class Leave(models.Model):
    """Days on which one person is away, first and last included. Why is nobody's business here."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaves")
    starts_date = models.DateField(_("first day away"))
    ends_date = models.DateField(_("last day away"))

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["starts_date", "pk"]
        verbose_name = _("leave")
        verbose_name_plural = _("leave")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")),
                name="people_leave_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "starts_date", "ends_date"], name="people_leave_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"
