from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def waiting(self) -> Self:
        """What a worker may take."""
        return self.filter(state=ImportRun.State.WAITING)

    def unfinished(self) -> Self:
        """What waits, runs, is stuck or has failed: its owner has not seen the end of it."""
        over = (ImportRun.State.DONE, ImportRun.State.REFUSED)
        return self.exclude(state__in=over)


class ImportRun(models.Model):
    """
    A large file on its way in: looked at, or taken over, by a worker while its owner waits.

    WAITING → RUNNING (claimed under a lease) → DONE, or REFUSED with what is wrong with the file,
    or FAILED. RUNNING past its lease is stuck: shown, and started again by its owner. It is kept
    for as long as its file. `result` may quote the file, so it is sealed as the file is.
    """

    class Kind(models.TextChoices):
        CHECK = "CHECK", _("Check")
        COMMIT = "COMMIT", _("Import")

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        RUNNING = "RUNNING", _("Running")
        DONE = "DONE", _("Done")
        REFUSED = "REFUSED", _("Refused")
        FAILED = "FAILED", _("Failed")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=120)
    token = models.TextField()
    said = models.TextField(blank=True)  # columns and options, as a form sends them
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    key = models.CharField(max_length=64, unique=True)  # of kind, file and, to check, what is said
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)  # 0 until the file is open
    result = models.BinaryField(default=b"")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_read__lte=F("rows_total")), name="people_importrun_rows_within"
            ),
            models.CheckConstraint(
                condition=~Q(state="RUNNING") | Q(leased_until__isnull=False),
                name="people_importrun_running_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.purpose} {self.kind}"

    @property
    def is_finished(self) -> bool:
        return self.state in (self.State.DONE, self.State.REFUSED, self.State.FAILED)

    @property
    def address(self) -> str:
        """What follows the address of the preview on the page of this run."""
        return "commit=1" if self.kind == self.Kind.COMMIT else self.said

    @property
    def is_read(self) -> bool:
        """Whether every row is read, so that what follows is the checking or the writing."""
        return 0 < self.rows_total == self.rows_read

    def is_stuck(self, at: datetime) -> bool:
        """Whether its worker has been silent for longer than its lease."""
        return (
            self.state == self.State.RUNNING
            and self.leased_until is not None
            and self.leased_until < at
        )
