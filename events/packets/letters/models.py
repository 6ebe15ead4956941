from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.letters.rules.brand import ACCENT, INK, Brand
from events.sealing import rules as sealing
from events.sealing.models import SealedBytesField


class LetterBrand(models.Model):
    """One edition of the look of a kickoff's letters. It never changes: a change is the next one."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="letter_brands")
    edition = models.PositiveIntegerField(_("edition"))
    ink = models.CharField(_("ink"), max_length=7, default=INK)
    accent = models.CharField(_("accent"), max_length=7, default=ACCENT)
    logo = models.BinaryField(_("logo"), default=b"")
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    footer = models.CharField(_("footer"), max_length=160, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["kickoff", "-edition"]
        verbose_name = _("look of letters")
        verbose_name_plural = _("looks of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "edition"], name="events_letterbrand_one_per_edition"
            ),
            models.CheckConstraint(
                condition=Q(edition__gte=1), name="events_letterbrand_editions_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id} {self.edition}"

    @property
    def brand(self) -> Brand:
        """The look as a plain value."""
        return Brand(
            edition=self.edition,
            ink=self.ink,
            accent=self.accent,
            logo=bytes(self.logo),
            opening=self.opening,
            closing=self.closing,
            footer=self.footer,
        )


class LetterRun(models.Model):
    """The rendering of one kickoff's letters: going on by itself, or paused by somebody."""

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="letter_run")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("run of letters")
        verbose_name_plural = _("runs of letters")

    def __str__(self) -> str:
        return f"#{self.pk} {self.kickoff_id}"


class LetterFileQuerySet(models.QuerySet["LetterFile"]):
    def light(self) -> Self:
        """Without the file itself, for whoever only wants to know where it stands."""
        return self.defer("pdf")

    def waiting(self) -> Self:
        """What a worker may take: not while its run is paused."""
        # No join: an UPDATE over one puts the state into a subquery, and PostgreSQL does not look
        # at that again for a row that somebody else has just taken
        going = LetterRun.objects.filter(paused_at=None)
        return self.filter(state=LetterFile.State.WAITING, run__in=going)

    def abandoned(self, at: datetime) -> Self:
        """Taken by a worker that never said what came of it."""
        return self.filter(state=LetterFile.State.RENDERING, leased_until__lt=at)

    def at_work(self, at: datetime) -> Self:
        """Being rendered now."""
        return self.filter(state=LetterFile.State.RENDERING, leased_until__gte=at)


class LetterFile(models.Model):
    """
    One letter as a sealed PDF: waiting, being rendered, ready, or failed with a reason.

    `key` says what it is made of; what is ready is never rendered again under the same key. The
    file shows comp figures, so it is encrypted at rest.
    """

    class Kind(models.TextChoices):
        LETTER = "LETTER", _("Letter")
        SIGNED_COPY = "SIGNED_COPY", _("Signed copy")

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        RENDERING = "RENDERING", _("Being made")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Failed")

    run = models.ForeignKey(LetterRun, models.CASCADE, related_name="files")
    # The file is a picture of its version and goes where it goes
    version = models.ForeignKey(PacketVersion, models.CASCADE, related_name="letter_files")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=10)
    key = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    queued_at = models.DateTimeField()
    rendered_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    pdf = SealedBytesField(null=True, blank=True)

    objects = LetterFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "language"], name="events_letterfile_one_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="READY", pdf__isnull=False, rendered_at__isnull=False)
                | (~Q(state="READY") & Q(pdf=None)),
                name="events_letterfile_ready_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state="RENDERING", leased_until__isnull=False)
                | (~Q(state="RENDERING") & Q(leased_until=None)),
                name="events_letterfile_lease_while_rendering",
            ),
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(problem=""),
                name="events_letterfile_failure_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["run", "state"], name="events_letterfile_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version_id} {self.kind} {self.language}"

    def read(self) -> bytes:
        """
        Open the file.

        :raises Unreadable: there is none, no key opens it, or it is out of another row
        """
        if self.pdf is None:
            raise sealing.Unreadable("This letter is not ready.")
        return sealing.unseal_bytes(self.pdf, settings.PACKET_KEYS, owner=self._sealed_for)

    def sealed_file(self, pdf: bytes) -> dict[str, Any]:
        """The column of this letter's file, encrypted."""
        return {"pdf": sealing.seal_bytes(pdf, settings.PACKET_KEYS, owner=self._sealed_for)}

    @property
    def _sealed_for(self) -> str:
        return f"{self.kind} of {self.version_id} in {self.language}"
