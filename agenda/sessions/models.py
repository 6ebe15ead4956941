from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.rooms.models import Room
from events.attendance.models import Attendee, Segment
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from people.accounts.models import Person


class SessionType(models.TextChoices):
    KEYNOTE = "KEYNOTE", _("Keynote")
    DEAL_CLINIC = "DEAL_CLINIC", _("Deal clinic")
    WIN_LOSS_REVIEW = "WIN_LOSS_REVIEW", _("Win/loss review")
    CUSTOMER_PANEL = "CUSTOMER_PANEL", _("Customer panel")
    WORKSHOP = "WORKSHOP", _("Workshop")
    PRODUCT = "PRODUCT", _("Product")
    COMPETITIVE = "COMPETITIVE", _("Competitive")
    RECOGNITION = "RECOGNITION", _("Recognition")
    MEAL_BREAK = "MEAL_BREAK", _("Meal or break")
    SOCIAL = "SOCIAL", _("Social")


class Pillar(models.TextChoices):
    STRATEGY = "STRATEGY", _("Strategy and vision")
    PRODUCT = "PRODUCT", _("Product and roadmap")
    SKILLS = "SKILLS", _("Skills")
    COMPETITIVE = "COMPETITIVE", _("Competitive")
    RECOGNITION = "RECOGNITION", _("Recognition")


class Part(models.TextChoices):
    SPEAKER = "SPEAKER", _("speaker")
    FACILITATOR = "FACILITATOR", _("facilitator")


class SessionQuerySet(models.QuerySet["Session"]):
    def scheduled(self) -> Self:
        """Sessions that have a room and a time."""
        return self.exclude(starts_at=None)

    def in_the_tray(self) -> Self:
        """Sessions that wait for a room and a time."""
        return self.filter(starts_at=None)


class Session(Segment):
    """One session of the draft agenda; attendees see only what was released."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=160)
    type = models.CharField(_("type"), max_length=16, choices=SessionType)
    pillar = models.CharField(_("pillar"), max_length=12, choices=Pillar, blank=True)
    bets = models.ManyToManyField(
        BigBet, blank=True, related_name="sessions", verbose_name=_("big bets")
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=300,
        blank=True,
        help_text=_("What people can do afterwards that they could not do before"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_("Leave empty where everybody whom it is for has a place."),
    )
    description = models.TextField(_("description"), blank=True, max_length=4000)
    # Names of those who speak and have no account here, in the order of the programme
    named = models.JSONField(_("speakers without an account"), default=list, blank=True)
    # What a file that it came in calls it, so that the same file finds it again
    source_id = models.CharField(_("id in its file"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "room__position", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["kickoff", "starts_at"], name="agenda_session_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=5, duration_minutes__lte=720),
                name="agenda_session_lasts_5_to_720",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0), name="agenda_session_has_places"
            ),
            models.CheckConstraint(
                condition=Q(room=None, starts_at=None)
                | Q(room__isnull=False, starts_at__isnull=False),
                name="agenda_session_room_and_time_together",
            ),
            models.CheckConstraint(
                condition=Q(type__in=SessionType.values), name="agenda_session_known_type"
            ),
            models.UniqueConstraint(
                fields=["kickoff", "source_id"],
                condition=~Q(source_id=""),
                name="agenda_session_one_per_source_id",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime | None:
        if self.starts_at is None:
            return None
        return self.starts_at + timedelta(minutes=self.duration_minutes)


class SessionPerson(models.Model):
    """Somebody who speaks in a session, or facilitates it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="people")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="session_parts"
    )
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.SPEAKER)

    class Meta:
        ordering = ["-part", "pk"]
        verbose_name = _("speaker or facilitator")
        verbose_name_plural = _("speakers and facilitators")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person", "part"], name="agenda_sessionperson_once_per_part"
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values), name="agenda_sessionperson_known_part"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class ConflictRules(models.Model):
    """What kinds of conflict do at one kickoff, where that differs from what they do elsewhere."""

    # One row, so that whoever reads the sessions reads it along
    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="conflict_rules")
    severities = models.JSONField(default=dict)  # by kind

    class Meta:
        verbose_name = _("rules of conflicts")
        verbose_name_plural = _("rules of conflicts")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Release(models.Model):
    """One version of the agenda that went out. Never changed: a change makes the next version."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="agenda_releases")
    number = models.PositiveIntegerField(_("version"))
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    override_reason = models.CharField(
        _("why it went out with conflicts"), max_length=300, blank=True
    )
    told = models.PositiveIntegerField(_("people told"), default=0)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("agenda release")
        verbose_name_plural = _("agenda releases")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "number"], name="agenda_release_one_per_number"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="agenda_release_from_one"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class ReleaseReader(models.Model):
    """Somebody whom a release touches: told once, until they have looked at their agenda."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    changes = models.PositiveIntegerField(default=0)  # 0 where the release is their first
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reader of an agenda release")
        verbose_name_plural = _("readers of agenda releases")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person"], name="agenda_releasereader_told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(seen_at=None), name="agenda_reader_not_seen"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.release_id} {self.person_id}"


class ReleasedSessionQuerySet(models.QuerySet["ReleasedSession"]):
    def current(self, kickoff: Kickoff) -> Self:
        """The sessions of the kickoff's last release; none before the first."""
        last = Release.objects.filter(kickoff=kickoff).order_by("-number").values("pk")[:1]
        return self.filter(release=models.Subquery(last))

    def latest_of(self, kickoffs: models.QuerySet[Kickoff]) -> Self:
        """The sessions of the last release of each of some kickoffs."""
        newer = Release.objects.filter(
            kickoff=models.OuterRef("kickoff"), number__gt=models.OuterRef("number")
        )
        latest = Release.objects.filter(~models.Exists(newer), kickoff__in=kickoffs)
        return self.filter(release__in=latest)


class ReleasedSession(Segment):
    """A session as it was released: frozen with the names of its room, people and bets."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="sessions")
    session_id = models.BigIntegerField()  # outlives the draft's row, so no foreign key
    title = models.CharField(max_length=160)
    type = models.CharField(max_length=16, choices=SessionType)
    pillar = models.CharField(max_length=12, choices=Pillar, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    where = models.CharField(max_length=220)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True)
    bets = models.JSONField(default=list)  # titles, in the order of the bets
    named = models.JSONField(default=list)  # who speak without an account

    objects = ReleasedSessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("released session")
        verbose_name_plural = _("released sessions")
        indexes = [models.Index(fields=["release", "starts_at"], name="agenda_released_starts")]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "session_id"], name="agenda_releasedsession_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="agenda_releasedsession_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class ReleasedPart(models.Model):
    """Who speaks in a released session, with the name of that day."""

    session = models.ForeignKey(ReleasedSession, models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    name = models.CharField(max_length=160)

    class Meta:
        ordering = ["-part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person", "part"], name="agenda_releasedpart_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


def audience_words(kind: str, function: str, region: str) -> str:
    """Whom a segment names, in words; empty for everybody."""
    parts = [
        str(Attendee.Kind(kind).label) if kind else "",
        str(Person.Function(function).label) if function else "",
        region,
    ]
    return " · ".join(part for part in parts if part)
