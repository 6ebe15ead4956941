from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.packets.delivery.models.releases import PacketRelease
from events.packets.delivery.rules import content as contents
from events.packets.delivery.rules import states
from events.sealing import rules as sealing
from events.sealing.models import SealedField


class Frozen(Exception):
    """Something tried to change what was released. A change makes a new version instead."""


class Packet(models.Model):
    """One rep's territory, quota and comp plan at one kickoff: what its versions hang on."""

    # Signed receipts are kept for years: neither kickoff nor rep goes while they are there
    kickoff = models.ForeignKey(Kickoff, models.PROTECT, related_name="packets")
    rep = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="packets")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "rep"], name="events_packet_one_per_rep_and_kickoff"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.rep_id}"


class PacketVersionQuerySet(models.QuerySet["PacketVersion"]):
    def of(self, kickoff: Kickoff) -> Self:
        return self.filter(packet__kickoff=kickoff)

    def waiting_for_approval(self) -> Self:
        """Drafts that RevOps sent to the approvers."""
        return self.filter(state=PacketVersion.State.DRAFT, submitted_at__isnull=False)

    def in_force(self) -> Self:
        """
        The version that a rep holds: released, neither replaced nor taken back, at most one a
        packet. One that has expired stands too: it is presumed in force until it is replaced.
        """
        return self.filter(state__in=PacketVersion.IN_FORCE)

    def released(self) -> Self:
        """All that was ever released, replaced versions too."""
        return self.filter(released_at__isnull=False)

    def taken_back_unseen(self) -> Self:
        """Those that RevOps took back before their rep opened them: RevOps alone reads them."""
        return self.filter(state=PacketVersion.State.RECALLED, viewed_at=None)

    def shred(self, at: datetime) -> int:
        """
        Delete what released versions say; return how many. Who signed what hash, and when, stays.

        Whether they may go is for the caller to know. The database refuses what the law keeps.
        """
        kept = self.released().filter(shredded_at=None)
        return super(PacketVersionQuerySet, kept).update(sealed="", shredded_at=at)

    def update(self, **values: Any) -> int:
        """
        Change rows at once, never what a version says.

        :raises Frozen: one of the fields is part of what is released
        """
        _refuse(values)
        return super().update(**values)

    def bulk_update(
        self, objs: Iterable[PacketVersion], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """:raises Frozen: one of the fields is part of what is released"""
        fields = list(fields)
        _refuse(fields)
        return super().bulk_update(objs, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        """:raises Frozen: one of the versions was released"""
        if self.released().exists():
            raise Frozen("A released version is kept.")
        return super().delete()


class PacketVersion(models.Model):
    """
    One edition of a packet. Its content is sealed; once released it never changes.

    DRAFT (sent for approval once it has `submitted_at`) → APPROVED by both sides (under embargo
    while its `release` waits) → RELEASED → VIEWED → RECEIVED (receipt signed) → ACCEPTED or
    DECLINED, and at any time after release SUPERSEDED by the next version, EXPIRED, or RECALLED.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        APPROVED = "APPROVED", _("Approved")
        RELEASED = "RELEASED", _("Released")
        VIEWED = "VIEWED", _("Viewed")
        RECEIVED = "RECEIVED", _("Received")
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")
        SUPERSEDED = "SUPERSEDED", _("Superseded")
        EXPIRED = "EXPIRED", _("Expired")
        RECALLED = "RECALLED", _("Taken back")

    UNRELEASED: ClassVar = (State.DRAFT, State.APPROVED)
    SIGNED: ClassVar = (State.RECEIVED, State.ACCEPTED, State.DECLINED)
    RUNNING: ClassVar = (State.RELEASED, State.VIEWED, *SIGNED)
    IN_FORCE: ClassVar = (*RUNNING, State.EXPIRED)
    # What a release freezes. `sealed` is free, since turning the key writes it anew; that it is
    # still what was signed is what `content_hash` proves each time it is opened
    FROZEN: ClassVar = (
        "packet_id",
        "number",
        "currency",
        "effective_from",
        "effective_to",
        "content_hash",
        "released_at",
        "released_by_id",
        "release_id",
    )

    packet = models.ForeignKey(Packet, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    currency = models.CharField(_("currency"), max_length=3)
    effective_from = models.DateField(_("starts"))
    effective_to = models.DateField(_("ends"))
    sealed = SealedField()
    content_hash = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    # Set while the release waits, and kept once it is lifted
    release = models.ForeignKey(PacketRelease, models.PROTECT, null=True, related_name="versions")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    viewed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    shredded_at = models.DateTimeField(null=True)

    objects = PacketVersionQuerySet.as_manager()

    class Meta:
        ordering = ["packet", "number"]
        verbose_name = _("packet version")
        verbose_name_plural = _("packet versions")
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "number"], name="events_packetversion_one_per_number"
            ),
            models.UniqueConstraint(
                fields=["packet"],
                condition=Q(state__in=["DRAFT", "APPROVED"]),
                name="events_packetversion_one_draft",
            ),
            models.UniqueConstraint(
                fields=["packet"],
                condition=Q(
                    state__in=["RELEASED", "VIEWED", "RECEIVED", "ACCEPTED", "DECLINED", "EXPIRED"]
                ),
                name="events_packetversion_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="events_packetversion_numbers_from_one"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__gte=F("effective_from")),
                name="events_packetversion_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "APPROVED"], released_at=None)
                | (~Q(state__in=["DRAFT", "APPROVED"]) & Q(released_at__isnull=False)),
                name="events_packetversion_release_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="VIEWED") | Q(viewed_at__isnull=False),
                name="events_packetversion_view_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["RECEIVED", "ACCEPTED", "DECLINED"])
                | Q(received_at__isnull=False),
                name="events_packetversion_receipt_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="DRAFT") | Q(release=None),
                name="events_packetversion_draft_has_no_release",
            ),
            models.CheckConstraint(
                condition=~Q(state="RECALLED") | Q(recalled_at__isnull=False),
                name="events_packetversion_recall_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.packet_id} v{self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        """:raises Frozen: the version was released and what it says has been changed"""
        released = self.__dict__.get("_released")
        if released is not None and self._frozen_values() != released:
            raise Frozen("A released version never changes.")
        super().save(*args, **options)

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **options: Any,
    ) -> Self:
        version = super().from_db(db, field_names, values, **options)
        if version.__dict__.get("released_at") is not None:
            version.__dict__["_released"] = version._frozen_values()
        return version

    def delete(self, using: str | None = None, keep_parents: bool = False) -> Any:
        """:raises Frozen: the version was released"""
        if self.released_at is not None:
            raise Frozen("A released version is kept.")
        return super().delete(using, keep_parents)

    def _frozen_values(self) -> dict[str, Any]:
        return {name: self.__dict__.get(name) for name in self.FROZEN if name in self.__dict__}

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def is_signed(self) -> bool:
        return self.received_at is not None

    @property
    def shown_state(self) -> str:
        """The state that every page shows, as `rules.states` names it."""
        return states.shown(
            self.state,
            is_sent=self.submitted_at is not None,
            is_embargoed=self.release_id is not None,
        )

    @property
    def state_word(self) -> str:
        return states.word(self.shown_state)

    @property
    def is_shown_to_rep(self) -> bool:
        """Whether rep and managers may read it; one taken back before the rep opened it, nobody."""
        return self.is_released and not (
            self.state == self.State.RECALLED and self.viewed_at is None
        )

    @property
    def fingerprint(self) -> str:
        return contents.fingerprint(self.content_hash)

    def write(self, content: contents.Content) -> None:
        """
        Put content into a draft; saving is the caller's.

        :raises Frozen: the version was released
        """
        if self.released_at is not None:
            raise Frozen("A released version never changes.")
        payload = contents.to_payload(content, salt=secrets.token_hex(16))
        self.currency = content.currency
        self.effective_from = content.effective_from
        self.effective_to = content.effective_to
        self.content_hash = contents.hash_of(payload)
        self.sealed = sealing.seal(payload, settings.PACKET_KEYS)

    def read(self) -> contents.Content:
        """
        Open the content.

        :raises Shredded: it was deleted under retention
        :raises Unreadable: no key opens it, or it is not what was sealed under this hash
        """
        if self.shredded_at is not None:
            raise sealing.Shredded(self.shredded_at)
        payload = sealing.unseal(self.sealed, settings.PACKET_KEYS)
        if contents.hash_of(payload) != self.content_hash:
            raise sealing.Unreadable("This packet is not what was sealed under its hash.")
        return contents.from_payload(payload)


# A release is one conditional UPDATE, which writes these
_SET_BY_RELEASE = {"released_at", "released_by", "released_by_id", "release", "release_id"}
_NEVER_IN_BULK = {"shredded_at"} | {
    name
    for field in PacketVersion.FROZEN
    for name in (field, field.removesuffix("_id"))
    if name not in _SET_BY_RELEASE
}


def _refuse(fields: Iterable[str]) -> None:
    if _NEVER_IN_BULK.intersection(fields):
        raise Frozen("What a version says is never changed in bulk.")
