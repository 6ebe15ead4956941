from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.sealing.models import SealedField
from events.sealing.rules import Shredded, seal, unseal
from people.org.queries import here


@dataclass(frozen=True, slots=True, repr=False)
class WishTexts:
    """What a wish says once it is opened."""

    amount: Decimal
    reason: str
    comment: str
    answer: str


class QuotaWishQuerySet(models.QuerySet["QuotaWish"]):
    def expected(self, at: datetime) -> Self:
        """Of what waits for a decision, what somebody expects: as of questions."""
        archived = {"version__packet__kickoff__status": Kickoff.Status.ARCHIVED}
        waiting = self.filter(here(at, "wished_by"), state=QuotaWish.State.OPEN)
        return waiting.exclude(**archived)


class QuotaWish(models.Model):
    """
    A rep's wish for another quota. No dispute, and it changes nothing by itself: where it is
    granted, a new version of the packet follows.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("Waits for RevOps")
        GRANTED = "GRANTED", _("Granted")
        DECLINED = "DECLINED", _("Declined")
        WITHDRAWN = "WITHDRAWN", _("Taken back")

    version = models.ForeignKey(PacketVersion, models.PROTECT, related_name="quota_wishes")
    wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="quota_wishes"
    )
    sealed_amount = SealedField()
    sealed_reason = SealedField()
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    wished_at = models.DateTimeField()
    supports = models.BooleanField(_("the manager supports it"), null=True)
    sealed_comment = SealedField(blank=True)
    commented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    commented_at = models.DateTimeField(null=True)
    sealed_answer = SealedField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = QuotaWishQuerySet.as_manager()

    class Meta:
        ordering = ["-wished_at", "-pk"]
        verbose_name = _("wish for another quota")
        verbose_name_plural = _("wishes for another quota")
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(state="OPEN"),
                name="events_quotawish_one_open_per_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "DECLINED"])
                | (
                    Q(decided_at__isnull=False) & Q(decided_by__isnull=False) & ~Q(sealed_answer="")
                ),
                name="events_quotawish_decision_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(supports__isnull=True, commented_at=None)
                | Q(supports__isnull=False, commented_at__isnull=False),
                name="events_quotawish_comment_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(sealed_amount="") & ~Q(sealed_reason=""),
                name="events_quotawish_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def write(self, amount: Decimal, reason: str) -> None:
        """Put amount and reason in; saving is the caller's."""
        self.sealed_amount = seal(str(amount), settings.PACKET_KEYS)
        self.sealed_reason = seal(reason, settings.PACKET_KEYS)

    def read(self) -> WishTexts:
        """
        Open all that the wish says.

        :raises Shredded: it was deleted under retention, with the version
        :raises Unreadable: no key opens it
        """
        if self.version.shredded_at is not None:
            raise Shredded(self.version.shredded_at)
        amount, reason, comment, answer = (
            unseal(sealed, settings.PACKET_KEYS) if sealed else ""
            for sealed in (
                self.sealed_amount,
                self.sealed_reason,
                self.sealed_comment,
                self.sealed_answer,
            )
        )
        return WishTexts(Decimal(amount), reason, comment, answer)
