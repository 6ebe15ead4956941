from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.packets.delivery.models import Frozen, Packet, PacketVersion
from events.packets.records.rules import codes
from events.packets.records.rules.files import Folder, folder_from_text, folder_to_text
from events.sealing import rules as sealing
from events.sealing.models import SealedField
from people.org.models import Region


def seal_text(text: str) -> str:
    """What somebody wrote about a packet, sealed: it may quote figures. Nothing stays nothing."""
    return sealing.seal(text, settings.PACKET_KEYS) if text else ""


def open_text(sealed: str) -> str:
    """:raises Unreadable: no key opens it"""
    return sealing.unseal(sealed, settings.PACKET_KEYS) if sealed else ""


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def in_force(self) -> Self:
        """Holds that nobody has lifted."""
        return self.filter(lifted_at=None)

    def delete(self) -> tuple[int, dict[str, int]]:
        """:raises Frozen: always; a hold is lifted"""
        raise Frozen("A legal hold is lifted, never deleted.")


class LegalHold(models.Model):
    """Nothing of a packet is deleted while a hold stands. Lifted, never deleted."""

    packet = models.ForeignKey(Packet, models.PROTECT, related_name="holds")
    sealed_reason = SealedField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.UniqueConstraint(
                fields=["packet"],
                condition=Q(lifted_at=None),
                name="events_legalhold_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__gte=F("placed_at"), lifted_by__isnull=False),
                name="events_legalhold_lifted_by_somebody_after",
            ),
            models.CheckConstraint(
                condition=~Q(sealed_reason=""), name="events_legalhold_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.packet_id}"

    def delete(self, using: str | None = None, keep_parents: bool = False) -> Any:
        """:raises Frozen: always; a hold is lifted"""
        raise Frozen("A legal hold is lifted, never deleted.")

    def reason(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_reason)


class HandoutQuerySet(models.QuerySet["Handout"]):
    def open(self) -> Self:
        """Those that are made, or can be fetched."""
        return self.filter(state__in=[Handout.State.WAITING, Handout.State.READY])

    def overtaken(self) -> Self:
        """Those for a rep with a version that was taken back since, before the rep opened it."""
        unseen = PacketVersion.objects.taken_back_unseen().filter(
            packet__rep=OuterRef("rep"), recalled_at__gte=OuterRef("requested_at")
        )
        return self.filter(~Q(kind=Handout.Kind.COUNSEL), Exists(unseen))

    def to_build(self, at: datetime) -> Self:
        """Those that wait, and that nobody builds at the moment."""
        idle = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.filter(idle, state=Handout.State.WAITING)


class Handout(models.Model):
    """
    An export of packets: letters, receipts and trail, sealed until they are fetched.

    WAITING (built part by part, under a lease) → READY, fetched by whom it is for → ENDED, its
    parts gone; the row stays. Built by a task, and by the tick where no task came.
    """

    class Kind(models.TextChoices):
        COUNSEL = "COUNSEL", _("for counsel")
        LEAVER = "LEAVER", _("for somebody who left")
        OWN = "OWN", _("for the rep")

    class State(models.TextChoices):
        WAITING = "WAITING", _("being made")
        READY = "READY", _("ready")
        ENDED = "ENDED", _("deleted")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    kickoff = models.ForeignKey(Kickoff, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="packet_handouts"
    )
    sealed_purpose = SealedField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    parts_total = models.PositiveIntegerField(default=0)
    parts_done = models.PositiveIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    objects = HandoutQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("handout of packets")
        verbose_name_plural = _("handouts of packets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="COUNSEL") | (Q(kickoff__isnull=False) & ~Q(sealed_purpose="")),
                name="events_handout_counsel_has_purpose",
            ),
            models.CheckConstraint(
                condition=Q(kind="COUNSEL") | Q(rep__isnull=False, kickoff=None, region=None),
                name="events_handout_others_have_a_rep",
            ),
            models.CheckConstraint(
                condition=~Q(state="READY") | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="events_handout_ready_has_times",
            ),
            models.CheckConstraint(
                condition=~Q(state="ENDED") | Q(ended_at__isnull=False),
                name="events_handout_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(parts_done__lte=F("parts_total")),
                name="events_handout_done_within_total",
            ),
            models.UniqueConstraint(
                fields=["rep"],
                condition=Q(kind="OWN", state__in=["WAITING", "READY"]),
                name="events_handout_one_own_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def percent(self) -> int:
        return self.parts_done * 100 // self.parts_total if self.parts_total else 0

    def purpose(self) -> str:
        """:raises Unreadable: no key opens it"""
        return open_text(self.sealed_purpose)


class HandoutPart(models.Model):
    """One packet of a handout. Sealed; deleted with the end of the handout."""

    handout = models.ForeignKey(Handout, models.CASCADE, related_name="parts")
    packet = models.ForeignKey(Packet, models.PROTECT, related_name="+")
    sealed = SealedField(blank=True)
    built_at = models.DateTimeField(null=True)
    missing_letters = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("part of a handout")
        verbose_name_plural = _("parts of a handout")
        constraints = [
            models.UniqueConstraint(
                fields=["handout", "packet"], name="events_handoutpart_once_a_packet"
            ),
            models.CheckConstraint(
                condition=Q(built_at=None, sealed="") | (Q(built_at__isnull=False) & ~Q(sealed="")),
                name="events_handoutpart_built_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.packet_id}"

    def write(self, folder: Folder, at: datetime) -> None:
        """Put the folder in; saving is the caller's."""
        self.sealed = sealing.seal(folder_to_text(folder), settings.PACKET_KEYS)
        self.built_at = at

    def read(self) -> Folder:
        """:raises Unreadable: no key opens it"""
        return folder_from_text(sealing.unseal(self.sealed, settings.PACKET_KEYS))


class LeaverLink(models.Model):
    """
    A link by which somebody who left fetches their own packets, with a pass code told apart from it.

    Of neither more than a hash is here. `tries` are codes since the last right one.
    """

    LIMITS: ClassVar = {"downloads": codes.MOST_DOWNLOADS, "tries": codes.MOST_WRONG}

    handout = models.OneToOneField(Handout, models.PROTECT, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    downloads = models.PositiveSmallIntegerField(default=0)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("link of a leaver")
        verbose_name_plural = _("links of leavers")
        constraints = [
            models.CheckConstraint(
                condition=Q(downloads__lte=codes.MOST_DOWNLOADS),
                name="events_leaverlink_downloads_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=codes.MOST_WRONG),
                name="events_leaverlink_tries_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="events_leaverlink_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_locked(self) -> bool:
        return self.tries >= codes.MOST_WRONG

    @property
    def is_used_up(self) -> bool:
        return self.downloads >= codes.MOST_DOWNLOADS

    def is_open(self, at: datetime) -> bool:
        """Whether the right code still fetches something."""
        return not (self.revoked_at or self.is_locked or self.is_used_up or at >= self.expires_at)
