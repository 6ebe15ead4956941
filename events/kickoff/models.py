from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.due.rules import end_of
from people.accounts.models import validate_time_zone


class KickoffQuerySet(models.QuerySet["Kickoff"]):
    def under_way(self) -> KickoffQuerySet:
        """Kickoffs that are neither drafts nor archived."""
        return self.exclude(status__in=[Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED])

    def shown_to_people(self) -> KickoffQuerySet:
        """Kickoffs that their rosters may see: a draft is not, nor one archived as a draft."""
        never_opened = Q(status=Kickoff.Status.ARCHIVED, ended_at=None)
        return self.exclude(status=Kickoff.Status.DRAFT).exclude(never_opened)


class Kickoff(models.Model):
    """One sales kickoff: what every other table of an event hangs on."""

    class Format(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("in person")
        HYBRID = "HYBRID", _("hybrid")
        VIRTUAL = "VIRTUAL", _("virtual")

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")  # planners only
        OPEN = "OPEN", _("open")  # attendees see it
        ENDED = "ENDED", _("ended")  # the event is over, the 90 days run
        ARCHIVED = "ARCHIVED", _("archived")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    theme = models.CharField(_("theme"), max_length=160, blank=True)
    fiscal_year = models.CharField(_("fiscal year"), max_length=10, help_text=_("For example FY28"))
    starts_date = models.DateField(_("first day"))
    ends_date = models.DateField(_("last day"))
    doors_open_time = models.TimeField(_("doors open"), default=time(8, 0))
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[validate_time_zone]
    )
    format = models.CharField(
        _("format"), max_length=10, choices=Format.choices, default=Format.IN_PERSON
    )
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KickoffQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_date", "pk"]
        verbose_name = _("kickoff")
        verbose_name_plural = _("kickoffs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")),
                name="events_kickoff_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown_to_people(self) -> bool:
        """Whether its roster may see it: a draft is not shown, nor one archived as a draft."""
        if self.status == self.Status.ARCHIVED:
            return self.ended_at is not None
        return self.status != self.Status.DRAFT

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def doors_open_at(self) -> datetime:
        """The moment the event begins, in UTC."""
        local = datetime.combine(self.starts_date, self.doors_open_time, tzinfo=self.zone)
        return local.astimezone(UTC)

    @property
    def closes_at(self) -> datetime:
        """Midnight after the last day in the event's zone, in UTC: the event is over from here."""
        return end_of(self.ends_date, self.zone)

    @property
    def days(self) -> list[date]:
        """The event's dates, first to last."""
        length = (self.ends_date - self.starts_date).days + 1
        return [self.starts_date + timedelta(days=n) for n in range(length)]

    def local_date(self, at: datetime) -> date:
        """The date at the venue at a moment."""
        return at.astimezone(self.zone).date()
