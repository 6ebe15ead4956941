from __future__ import annotations

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.due.models import DueQuerySet, DueRow
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.mail.models import Message
from people.org.queries import here
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.campaigns.rules import last_date


class TouchQuerySet(DueQuerySet["Touch"]):
    def of_kickoff(self, kickoff: Kickoff) -> Self:
        return self.filter(activity__campaign__kickoff=kickoff)

    def due(self, at: datetime) -> Self:
        """Touches to be sent at this moment: not those done before they were sent."""
        return super().due(at).filter(done_at=None)

    def doable(self) -> Self:
        """Touches that count for their person: all but those taken back. A stale one can be done."""
        # No join: an UPDATE of what is joined is no claim, as `PreworkItemQuerySet.not_withdrawn` says
        live = Activity.objects.live()
        kept = Q(skip_reason__in=["", Touch.Skip.STALE], activity__in=live)
        return self.filter(kept | Q(done_at__isnull=False))

    def open(self) -> Self:
        """Touches that are still to be done, due or not."""
        return self.doable().filter(done_at=None)

    def expected(self, at: datetime) -> Self:
        """What was done, or is of and about people who are still here. It joins: for reading."""
        still_here = here(at, "person") & (Q(about=None) | here(at, "about"))
        return self.filter(Q(done_at__isnull=False) | still_here)

    def reached(self, at: datetime) -> Self:
        """Open touches whose hour has come."""
        return self.open().filter(due_at__lte=at)

    def overdue(self, at: datetime) -> Self:
        """Open touches that are late."""
        return self.open().filter(overdue_at__lte=at)

    def seen_by_manager(self, manager: Person) -> Self:
        """A manager's own touches and those of their reports."""
        return self.filter(Q(person=manager) | Q(person__manager=manager))


class Touch(DueRow):
    """
    One person's copy of an activity.

    A manager follow-up is the manager's: `about` is the rep it is for, empty for a team meeting.
    `state` tells of the sending, `done_at` of the doing; each may come without the other.
    """

    class Skip(models.TextChoices):
        STALE = "STALE", _("too late to send")  # can still be done
        LEFT = "LEFT", _("left the company")
        DECLINED = "DECLINED", _("not taking part")
        WITHDRAWN = "WITHDRAWN", _("taken out of the plan")
        NO_TEAM = "NO_TEAM", _("nobody to follow up with")
        NOT_MEANT = "NOT_MEANT", _("not meant for them any more")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="touches")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="touches")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="touches_about",
    )
    overdue_at = models.DateTimeField()
    extended_date = models.DateField(null=True, blank=True)  # the last day that a manager gave
    done_at = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=10, choices=Skip.choices, blank=True)
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="touches"
    )

    objects = TouchQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(about=None),
                name="reinforcement_touch_one_per_person",
            ),
            models.UniqueConstraint(
                fields=["activity", "about"], name="reinforcement_touch_one_about_a_rep"
            ),
            models.CheckConstraint(
                condition=Q(about=None) | ~Q(about=models.F("person")),
                name="reinforcement_touch_not_about_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(sent_at__isnull=False),
                name="reinforcement_touch_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="SKIPPED") & ~Q(skip_reason="")
                | ~Q(state="SKIPPED") & Q(skip_reason=""),
                name="reinforcement_touch_skipped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(overdue_at__gt=models.F("due_at")),
                name="reinforcement_touch_overdue_after_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="WAITING"),
                name="reinforcement_touch_waiting",
            ),
            models.Index(fields=["person", "due_at"], name="reinforcement_touch_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def can_be_done(self) -> bool:
        """Whether it is still its person's to do."""
        kept = self.skip_reason in ("", self.Skip.STALE) and self.activity.withdrawn_at is None
        return kept and self.done_at is None

    def is_open_at(self, at: datetime) -> bool:
        """Whether it can be begun at this moment."""
        return self.can_be_done and self.due_at <= at

    @property
    def due_date(self) -> date:
        """The day on which it comes, where its person is."""
        return self.person.local_date(self.due_at)

    @property
    def last_date(self) -> date:
        """The last day on which it is in time, where its person is."""
        return last_date(self.overdue_at, ZoneInfo(self.person.time_zone))

    def is_late(self, at: datetime) -> bool:
        return self.can_be_done and self.overdue_at <= at


class Basis(models.Model):
    """
    What a person's touches of a campaign were last planned from, as a digest.

    A tick that reads otherwise brings those touches in line: see `planning`.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="bases")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("basis of touches")
        verbose_name_plural = _("bases of touches")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"], name="reinforcement_basis_one_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"
