from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.sessions.models import Session
from events.attendance.models import Segment
from events.kickoff.models import Kickoff


class Grouping(Segment):
    """
    Who sits with whom at a kickoff, in one round or several: deal clinics, or mixed teams.

    What planners work on is the draft; `version` counts its changes, so that of two planners the
    later one never overwrites what they have not seen. `number` is the version that people see, 0
    before the first release. `rules` are those of `rules.settings`; what they do not say is default.
    `before` is the draft before its last change, to take that back.
    """

    class Kind(models.TextChoices):
        CLINIC = "CLINIC", _("Deal clinics")
        WORKSHOP = "WORKSHOP", _("Teams of a workshop")
        TABLES = "TABLES", _("Tables")
        DINNER = "DINNER", _("Tables of a dinner")
        BUDDIES = "BUDDIES", _("Buddies for new hires")

    kickoff_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="groupings")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    rules = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    before = models.JSONField(null=True, blank=True)
    number = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("grouping")
        verbose_name_plural = _("groupings")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "title"], name="agenda_grouping_one_of_a_title"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["CLINIC", "WORKSHOP", "TABLES", "DINNER", "BUDDIES"],
                ),
                name="agenda_grouping_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(number=0, released_at=None)
                | Q(number__gt=0, released_at__isnull=False),
                name="agenda_grouping_released_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_released(self) -> bool:
        """Whether people see it."""
        return self.number > 0


class Round(models.Model):
    """One round of a grouping. `report` is what the solver found out about it."""

    grouping_id: int

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    report = models.JSONField(default=dict, blank=True)
    sessions = models.ManyToManyField(Session, through="RoundSession", related_name="rounds")

    class Meta:
        ordering = ["grouping_id", "number"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "number"], name="agenda_round_one_per_number"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="agenda_round_from_one"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class RoundSession(models.Model):
    """A session in which a round takes place: one in a hall, or several at a time, one a room."""

    round_id: int

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    session = models.OneToOneField(Session, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("session of a round")
        verbose_name_plural = _("sessions of rounds")

    def __str__(self) -> str:
        return f"#{self.pk} {self.session_id}"


class Group(models.Model):
    """
    One group of a round. Its row stays when people move, and when nobody is left in it: what is
    said and done in the room hangs on it. `where` is its table; the room is that of its session.
    """

    round_id: int
    session_id: int | None

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="groups"
    )
    where = models.CharField(_("table"), max_length=80, blank=True)

    class Meta:
        ordering = ["round__number", "number"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="agenda_group_one_per_number")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class PlaceQuerySet(models.QuerySet["Place"]):
    def seated(self) -> Self:
        """Those who have a group in the draft, whether they lead it or sit in it."""
        return self.filter(group__isnull=False)

    def to_place(self) -> Self:
        """Those who take part and have no group yet."""
        return self.filter(group=None, is_out=False)

    def released(self) -> Self:
        """Those who have a group that they know of."""
        return self.filter(released_group__isnull=False)

    def unreleased(self) -> Self:
        """Those whose group is another than the one they know of."""
        same = Q(group=F("released_group"), leads=F("released_leads"))
        neither = Q(group=None, released_group=None)
        return self.exclude(Q(same) & Q(group__isnull=False)).exclude(neither)


class Place(models.Model):
    """
    Where one person is in one round: the group of the draft, and the one that was released to them.

    Without a group they are to be placed, or `is_out`: they lead nothing and sit nowhere in this
    round. Who facilitates has a place as everybody has, so nobody is in two at a time.
    """

    round_id: int
    person_id: int
    group_id: int | None
    released_group_id: int | None

    round = models.ForeignKey(Round, models.CASCADE, related_name="places")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="places")
    leads = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    is_out = models.BooleanField(default=False)
    released_group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="released_places"
    )
    released_leads = models.BooleanField(default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in groups")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="agenda_place_one_a_round"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(leads=True), name="agenda_place_one_leads"
            ),
            models.UniqueConstraint(
                fields=["released_group"],
                condition=Q(released_leads=True),
                name="agenda_place_one_leads_as_released",
            ),
            models.CheckConstraint(
                condition=Q(is_out=False) | Q(group=None), name="agenda_place_out_has_no_group"
            ),
        ]
        indexes = [models.Index(fields=["person", "round"], name="agenda_place_of_person")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class GroupingVersion(models.Model):
    """
    One version of a grouping as it went out, never changed: `content` has a list for each round,
    with a list for each group, of who leads it (or None) and who sits in it, by their keys.
    """

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told = models.PositiveIntegerField(_("people told"), default=0)
    content = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a grouping")
        verbose_name_plural = _("versions of groupings")
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "number"], name="agenda_groupingversion_one_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class SolvingQuerySet(models.QuerySet["Solving"]):
    def going(self) -> Self:
        """What waits for a worker, or is at work."""
        return self.filter(state__in=["WAITING", "RUNNING"])


class Solving(models.Model):
    """
    One search for groups, done by a worker while its planner waits.

    WAITING → RUNNING (claimed under a lease) → DONE, or REFUSED with the rules that collide, or
    FAILED, or CANCELLED by somebody; then what it found so far is kept. One at a time a grouping.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        RUNNING = "RUNNING", _("Running")
        DONE = "DONE", _("Done")
        REFUSED = "REFUSED", _("The rules collide")
        CANCELLED = "CANCELLED", _("Stopped")
        FAILED = "FAILED", _("Failed")

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="solvings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()  # of the draft that it begins from
    seconds = models.PositiveSmallIntegerField()  # how long it may search
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    progress = models.JSONField(default=dict, blank=True)  # per round: cost, bound, seconds
    said = models.CharField(max_length=1000, blank=True)
    is_to_stop = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = SolvingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("search for groups")
        verbose_name_plural = _("searches for groups")
        constraints = [
            models.UniqueConstraint(
                fields=["grouping"],
                condition=Q(state__in=["WAITING", "RUNNING"]),
                name="agenda_solving_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="RUNNING") | Q(leased_until__isnull=False),
                name="agenda_solving_running_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    def is_stuck(self, at: datetime) -> bool:
        """Whether its worker has been silent for longer than its lease."""
        return (
            self.state == self.State.RUNNING
            and self.leased_until is not None
            and self.leased_until < at
        )
