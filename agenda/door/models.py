from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.door import rules
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.files.models import StoredFile


class Doorkeeper(models.Model):
    """Somebody whom a planner gave the door of a kickoff. Planners have it without a row."""

    person_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="doorkeepers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["person__full_name", "pk"]
        verbose_name = _("doorkeeper")
        verbose_name_plural = _("doorkeepers")
        constraints = [
            models.UniqueConstraint(fields=["kickoff", "person"], name="agenda_doorkeeper_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(rules.LETTERS) for _n in range(rules.LENGTH))


class Badge(models.Model):
    """The code that lets one person of a roster in. A corrected badge has a new one."""

    attendee_id: int

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="badges")
    code = models.CharField(max_length=rules.LENGTH, unique=True, default=new_code)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        constraints = [
            models.UniqueConstraint(
                fields=["attendee"], condition=Q(revoked_at=None), name="agenda_badge_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def text(self) -> str:
        """What stands in its QR."""
        return rules.written(self.code)


class BadgeRunQuerySet(models.QuerySet["BadgeRun"]):
    def to_work(self, at: datetime) -> Self:
        """Runs that wait, and that nobody works at."""
        idle = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.filter(idle, state=BadgeRun.State.WAITING)


class BadgeRun(models.Model):
    """
    Badges of many people on their way into one file, which planners of the kickoff may fetch.

    WAITING (made part by part, under a lease) → READY, or FAILED. Kept for a week.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("being made")
        READY = "READY", _("ready")
        FAILED = "FAILED", _("not made")

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="badge_runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    label = models.JSONField()  # of `rendering.Label`
    with_back = models.BooleanField()
    language = models.CharField(max_length=10)
    badges = models.JSONField()  # the numbers of all that are meant, in the order of the file
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)  # at the part that comes next
    leased_until = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BadgeRunQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("file of badges")
        verbose_name_plural = _("files of badges")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="READY", file__isnull=False) | ~Q(state="READY") & Q(file=None),
                name="agenda_badgerun_ready_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="agenda_badgerun_no_more_than_all"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class BadgePart(models.Model):
    """Some badges of a run as a file of their own, until all of them are made."""

    run = models.ForeignKey(BadgeRun, models.CASCADE, related_name="parts")
    begins = models.PositiveIntegerField()  # at this place of the run's badges
    pdf = models.BinaryField()

    class Meta:
        ordering = ["begins"]
        verbose_name = _("part of a file of badges")
        verbose_name_plural = _("parts of files of badges")
        constraints = [
            models.UniqueConstraint(fields=["run", "begins"], name="agenda_badgepart_made_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.run_id}"


class ScanQuerySet(models.QuerySet["Scan"]):
    def counted(self) -> Self:
        """Scans of somebody on the roster: the others were refused."""
        return self.filter(problem=rules.Problem.NONE)

    def refused(self) -> Self:
        """Scans that counted for nobody."""
        return self.exclude(problem=rules.Problem.NONE)


class Scan(models.Model):
    """
    One scan at the door, as a device made it. Never changed: who is in follows from all of them.

    `key` is drawn on the device, so that a scan sent twice is one row. `scanned_at` is by our
    clock: `device_at` less `clock_ahead_seconds`, what the device's clock was ahead when it sent.
    """

    class Kind(models.TextChoices):
        IN = rules.Kind.IN.value, _("in")
        OUT = rules.Kind.OUT.value, _("out")
        UNDO = rules.Kind.UNDO.value, _("taken back")

    class How(models.TextChoices):
        BADGE = "BADGE", _("badge")
        NAME = "NAME", _("by name")
        WALK_IN = "WALK_IN", _("walk-in")
        PAPER = "PAPER", _("from paper")
        ROOM = "ROOM", _("by the code of a room")
        SCREEN = "SCREEN", _("by the code on the screen")

    class Problem(models.TextChoices):
        TORN = rules.Problem.TORN.value, _("A torn code")
        FOREIGN = rules.Problem.FOREIGN.value, _("A code of something else")
        REVOKED = rules.Problem.REVOKED.value, _("A badge that was replaced")
        GONE = rules.Problem.GONE.value, _("Nobody on this roster")

    attendee_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="scans")
    attendee = models.ForeignKey(
        Attendee, models.PROTECT, null=True, blank=True, related_name="scans"
    )
    key = models.UUIDField()
    kind = models.CharField(max_length=4, choices=Kind)
    how = models.CharField(max_length=7, choices=How)
    problem = models.CharField(max_length=7, choices=Problem, blank=True)
    undoes = models.UUIDField(null=True, blank=True)
    # Of a scan at a session; it outlives the draft's row, so no foreign key
    session_id = models.BigIntegerField(null=True, blank=True)
    device = models.CharField(max_length=40, blank=True)
    device_at = models.DateTimeField()
    clock_ahead_seconds = models.IntegerField(default=0)
    scanned_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    was_offline = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["scanned_at", "pk"]
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        indexes = [models.Index(fields=["kickoff", "scanned_at"], name="agenda_scan_of_kickoff")]
        constraints = [
            models.UniqueConstraint(fields=["kickoff", "key"], name="agenda_scan_arrives_once"),
            models.CheckConstraint(
                condition=~Q(problem="") | Q(attendee__isnull=False), name="agenda_scan_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(kind="UNDO", undoes__isnull=False)
                | ~Q(kind="UNDO") & Q(undoes__isnull=True),
                name="agenda_scan_undoes_one",
            ),
            models.CheckConstraint(
                condition=Q(scanned_at__lte=F("arrived_at")), name="agenda_scan_before_arrival"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def as_pass(self) -> rules.Pass:
        return rules.Pass(self.key, self.kind, self.scanned_at, self.undoes, self.session_id)
