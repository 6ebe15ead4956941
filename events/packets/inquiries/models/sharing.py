from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.packets.inquiries.models.inquiries import Inquiry
from events.packets.inquiries.rules.concern import Scope
from events.sealing.models import SealedField
from events.sealing.rules import seal, unseal


class SharedAnswer(models.Model):
    """
    An answer that concerns others too: question and answer told again by RevOps, without figures
    or names. Sealed all the same, as whoever writes it may err.

    `reached_at` is up to when packets were looked through for whom it concerns.
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="shared_answers")
    scope = models.CharField(_("whom it concerns"), max_length=9, choices=Scope.choices)
    sealed_question = SealedField()
    sealed_answer = SealedField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    reached_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("shared answer")
        verbose_name_plural = _("shared answers")
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(withdrawn_at=None),
                name="events_sharedanswer_one_per_question",
            ),
            models.CheckConstraint(
                condition=~Q(sealed_question="") & ~Q(sealed_answer=""),
                name="events_sharedanswer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.inquiry_id} {self.scope}"

    def write(self, question: str, answer: str) -> None:
        """Put both texts in; saving is the caller's."""
        self.sealed_question = seal(question, settings.PACKET_KEYS)
        self.sealed_answer = seal(answer, settings.PACKET_KEYS)

    def read(self) -> tuple[str, str]:
        """
        Open question and answer.

        :raises Unreadable: no key opens them
        """
        keys = settings.PACKET_KEYS
        return unseal(self.sealed_question, keys), unseal(self.sealed_answer, keys)


class SharedAnswerReader(models.Model):
    """Somebody whom a shared answer concerns: told once, and it stands beside their packet."""

    shared = models.ForeignKey(SharedAnswer, models.CASCADE, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reader of a shared answer")
        verbose_name_plural = _("readers of shared answers")
        constraints = [
            models.UniqueConstraint(
                fields=["shared", "person"], name="events_sharedanswerreader_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.shared_id} {self.person_id}"
