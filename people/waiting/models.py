from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.waiting.rules import LONGEST


class Stale(models.Model):
    """
    What is kept of a person may no longer be so: something that waits for them, or is new, has
    changed. The database adds a row itself (`hooks.watch`), in the transaction of the change; who
    makes it anew takes away the rows that were there when they began.

    No foreign key: rows are added while people are deleted, too.
    """

    person_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("stale standing")
        verbose_name_plural = _("stale standings")
        indexes = [models.Index(fields=["person_id"], name="people_stale_person")]

    def __str__(self) -> str:
        return f"#{self.person_id}"


class StandingQuerySet(models.QuerySet["Standing"]):
    def stale(self, at: datetime) -> Self:
        """
        What may no longer be so: something of the person has changed, something has turned late, or
        it is an hour old. Whoever has a role shares work with others, so anybody may have changed theirs.
        """
        return self.filter(
            _is_stale()
            | Q(renewed_at__lte=at - LONGEST)
            | ~Q(person__role="")
            | Q(changes_at__lte=at)
        )

    def with_stale(self) -> Self:
        """With whether something of the person has changed since, as `is_stale`."""
        return self.annotate(is_stale=_is_stale())

    def exact(self, at: datetime) -> Self:
        """What is kept of people, but for RevOps, and is as it would be found now."""
        return self.filter(~_is_stale(), renewed_at__gt=at - LONGEST, renewed_at__lte=at).exclude(
            person__role=Person.Role.REVOPS
        )


def _is_stale() -> Exists:
    return Exists(Stale.objects.filter(person_id=OuterRef("person_id")))


class Standing(models.Model):
    """
    What waits for one person, how much it is and how much is new, as it was last found: one row a
    person, for the frame of every page and for the lists of everybody but RevOps.

    `items` are packed (`rules.packed`), with what begins within the hour and without what a role
    shares. `counts` is by the key of a kickoff and by kind; `changes_at` is when
    the first item begins to wait, turns late or ceases to wait.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="standing"
    )
    items = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    late = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    renewed_at = models.DateTimeField()
    changes_at = models.DateTimeField(null=True)

    is_stale: bool  # of `with_stale`

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
