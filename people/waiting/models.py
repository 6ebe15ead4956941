from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.activity.models import Entry
from people.notices.models import Notice

LONGEST = timedelta(hours=1)


class StandingQuerySet(models.QuerySet["Standing"]):
    def stale(self, at: datetime) -> Self:
        """
        Counts that may no longer be so: their person has changed something, something was recorded
        or written to them since, something has turned late, or they are an hour old. Whoever has a
        role shares work with others, so anybody may have changed theirs.
        """
        about = Entry.objects.filter(subject=OuterRef("person"), at__gte=OuterRef("renewed_at"))
        by = Entry.objects.filter(actor=OuterRef("person"), at__gte=OuterRef("renewed_at"))
        told = Notice.objects.filter(person=OuterRef("person"), at__gte=OuterRef("renewed_at"))
        return self.filter(
            Q(is_fresh=False)
            | Q(renewed_at__lte=at - LONGEST)
            | ~Q(person__role="")
            | Q(changes_at__lte=at)
            | Exists(about)
            | Exists(by)
            | Exists(told)
        )


class Standing(models.Model):
    """
    How much waits for one person and how much is new, as it was last counted: one row a person,
    for the frame of every page. What a page lists is read anew.

    `counts` is by the key of a kickoff and by kind; `changes_at` is when the first item that is
    not late turns late; `is_fresh` ends when the person changes anything.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="standing"
    )
    counts = models.JSONField(default=dict)
    late = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    is_fresh = models.BooleanField(default=True)
    renewed_at = models.DateTimeField()
    changes_at = models.DateTimeField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        constraints = [
            models.CheckConstraint(
                condition=Q(changes_at=None) | Q(changes_at__gt=F("renewed_at")),
                name="people_standing_changes_later",
            )
        ]
        indexes = [models.Index(fields=["renewed_at"], name="people_standing_renewed")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def count(self, *kinds: str, place: str | None = None) -> int:
        """
        How much waits: of all kinds, or of those that begin with one of `kinds`; at the kickoff of
        a key, or anywhere.
        """
        places: Sequence[dict[str, int]]
        places = list(self.counts.values()) if place is None else [self.counts.get(place, {})]
        return sum(
            number
            for by_kind in places
            for kind, number in by_kind.items()
            if not kinds or kind.startswith(kinds)
        )
