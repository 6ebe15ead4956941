"""What people put on a version: approvals, signatures, answers, a recall. Kept, never changed."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.packets.delivery.models.releases import ApproverKind, PacketRelease
from events.packets.delivery.models.rounds import PacketRound
from events.packets.delivery.models.versions import Frozen, PacketVersion
from events.packets.delivery.rules import content as contents
from events.sealing import rules as sealing
from events.sealing.models import SealedField


def seal_text(text: str) -> str:
    """What somebody wrote about a packet, sealed: it may quote figures. Nothing stays nothing."""
    return sealing.seal(text, settings.PACKET_KEYS) if text else ""


def open_text(sealed: str) -> str:
    """:raises Unreadable: no key opens it"""
    return sealing.unseal(sealed, settings.PACKET_KEYS) if sealed else ""


class Signed(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """:raises Frozen: it was signed already"""
        if not self._state.adding:
            raise Frozen("What was signed never changes.")
        super().save(*args, **options)


class KeptRows:
    """Of tables whose rows are kept as they were signed."""

    def update(self, **values: Any) -> int:
        """:raises Frozen: always"""
        raise Frozen("What was signed never changes.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """:raises Frozen: always"""
        raise Frozen("What was signed is kept.")


class Kept(Signed):
    """A row that is written once and kept with its version."""

    class Meta:
        abstract = True

    def delete(self, using: str | None = None, keep_parents: bool = False) -> Any:
        """:raises Frozen: always"""
        raise Frozen("What was signed is kept.")


class PacketApprovalQuerySet(models.QuerySet["PacketApproval"]):
    def live(self) -> Self:
        """Those that count: the draft has not changed since, and nobody sent it back."""
        return self.filter(withdrawn_at=None)


class PacketApproval(models.Model):
    """
    One side's approval of one draft, as it stood. A changed draft withdraws it.

    `typed_name` signs all that was approved with it of its round, whose digest is `signed_hash`.
    Approvals from before approvers signed have none of the three.
    """

    version = models.ForeignKey(PacketVersion, models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=8, choices=ApproverKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    round = models.ForeignKey(PacketRound, models.PROTECT, null=True, related_name="approvals")
    typed_name = models.CharField(_("typed name"), max_length=160, blank=True)
    signed_hash = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = PacketApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=Q(withdrawn_at=None),
                name="events_packetapproval_one_per_kind",
            ),
            models.UniqueConstraint(
                fields=["version", "by"],
                condition=Q(withdrawn_at=None),
                name="events_packetapproval_one_kind_a_person",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ApproverKind.values), name="events_packetapproval_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(round=None, typed_name="", signed_hash="")
                | Q(round__isnull=False) & ~Q(typed_name="") & ~Q(signed_hash=""),
                name="events_packetapproval_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id} {self.kind}"

    @property
    def fingerprint(self) -> str:
        return contents.fingerprint(self.signed_hash)


class PacketLapse(Signed):
    """A changed draft lost what it had: its approvals, and the embargo that it waited under."""

    version = models.ForeignKey(PacketVersion, models.CASCADE, related_name="lapses")
    release = models.ForeignKey(PacketRelease, models.PROTECT, null=True, related_name="lapses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("lapsed approval")
        verbose_name_plural = _("lapsed approvals")

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id}"


class PacketReturn(Signed):
    """Drafts that an approver sent back, and why. The reason is sealed: it may quote figures."""

    versions = models.ManyToManyField(PacketVersion, related_name="returns")
    kind = models.CharField(max_length=8, choices=ApproverKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_reason = SealedField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("returned drafts")
        verbose_name_plural = _("returned drafts")

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    def reason(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_reason)


class RoundQuestion(models.Model):
    """
    What an approver asks RevOps about a round, which waits on meanwhile, and the answer. Both are
    sealed, and read by the two of them alone: approvers do not see alike what a round tells.
    """

    round = models.ForeignKey(PacketRound, models.PROTECT, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_question = SealedField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    sealed_answer = SealedField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("question about a round")
        verbose_name_plural = _("questions about rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "by"],
                condition=Q(answered_at=None),
                name="events_roundquestion_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None, sealed_answer="")
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(sealed_answer=""),
                name="events_roundquestion_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.round_id}"

    def question(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_question)

    def answer(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_answer)


class ReceiptQuerySet(KeptRows, models.QuerySet["Receipt"]):
    pass


class Receipt(Kept):
    """
    A rep's signature that they got one version of their packet. It does not say they agree.

    RevOps may record one that was given otherwise: `signed_at` is then the day on which it was
    given, and why and by what evidence is sealed.
    """

    class Means(models.TextChoices):
        PAPER = "PAPER", _("on paper")
        SYSTEM = "SYSTEM", _("in another system")
        OTHER = "OTHER", _("in another way")

    version = models.OneToOneField(PacketVersion, models.PROTECT, related_name="receipt")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    typed_name = models.CharField(_("typed name"), max_length=160)
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    means = models.CharField(_("how it was given"), max_length=6, choices=Means.choices, blank=True)
    sealed_reason = SealedField(blank=True)
    sealed_evidence = SealedField(blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.CheckConstraint(condition=~Q(typed_name=""), name="events_receipt_has_a_name"),
            models.CheckConstraint(
                condition=Q(
                    recorded_by=None,
                    recorded_at=None,
                    means="",
                    sealed_reason="",
                    sealed_evidence="",
                )
                | Q(recorded_by__isnull=False, recorded_at__isnull=False)
                & ~Q(means="")
                & ~Q(sealed_reason="")
                & ~Q(sealed_evidence=""),
                name="events_receipt_recorded_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id}"

    @property
    def is_recorded(self) -> bool:
        """Whether somebody else recorded it, so that it was not signed here."""
        return self.recorded_by_id is not None

    def reason(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_reason)

    def evidence(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_evidence)


class EmployerSignature(Signed):
    """The company's signature under one version: whoever released it, by typed name and title."""

    version = models.OneToOneField(PacketVersion, models.CASCADE, related_name="employer_signature")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    typed_name = models.CharField(_("typed name"), max_length=160)
    title = models.CharField(_("title"), max_length=120)
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("employer's signature")
        verbose_name_plural = _("employer's signatures")
        constraints = [
            models.CheckConstraint(
                condition=~Q(typed_name="") & ~Q(title=""),
                name="events_employersignature_name_and_title",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id}"


class PacketAnswerQuerySet(KeptRows, models.QuerySet["PacketAnswer"]):
    pass


class PacketAnswer(Kept):
    """
    A rep's answer to a version that they signed for: accepted, or declined with a reason.

    Rows are kept; the latest counts. Whoever declined may accept later, once.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")

    version = models.ForeignKey(PacketVersion, models.PROTECT, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    typed_name = models.CharField(_("typed name"), max_length=160)
    content_hash = models.CharField(max_length=64)
    sealed_reason = SealedField(blank=True)
    at = models.DateTimeField()

    objects = PacketAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["version", "at", "pk"]
        verbose_name = _("answer to a packet")
        verbose_name_plural = _("answers to packets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(typed_name=""), name="events_packetanswer_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(kind="ACCEPTED", sealed_reason="")
                | (Q(kind="DECLINED") & ~Q(sealed_reason="")),
                name="events_packetanswer_decline_has_reason",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(kind="ACCEPTED"),
                name="events_packetanswer_accepted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id} {self.kind}"

    def reason(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_reason)


class PacketRecallQuerySet(KeptRows, models.QuerySet["PacketRecall"]):
    pass


class PacketRecall(Kept):
    """A released version that RevOps took back, why, and which one is in force again, if any."""

    version = models.OneToOneField(PacketVersion, models.PROTECT, related_name="recall")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_reason = SealedField()
    in_force = models.ForeignKey(PacketVersion, models.PROTECT, null=True, related_name="+")

    objects = PacketRecallQuerySet.as_manager()

    class Meta:
        verbose_name = _("recall of a packet")
        verbose_name_plural = _("recalls of packets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(sealed_reason=""), name="events_packetrecall_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id}"

    def reason(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_reason)
