from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.clinics import rules
from agenda.groups.models import Group
from events.commitments.models import Commitment, Occurrence
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.strategies.models import Strategy
from events.strategies.rules import MOST_DEALS


class Timing(models.Model):
    """How many minutes each part of a deal gets at a kickoff; without one, the defaults."""

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="clinic_timing")
    minutes = models.JSONField(default=list)  # by part, in their order

    class Meta:
        verbose_name = _("time plan of deal clinics")
        verbose_name_plural = _("time plans of deal clinics")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Act(models.Model):
    """
    One tap in a room, as a device made it. Never changed: what holds follows from all of them.

    `key` is drawn on the device, so that an act sent twice is one row. `acted_at` is by our clock:
    what the device said, less what its clock was ahead when it sent.
    """

    by_id: int

    group = models.ForeignKey(Group, models.CASCADE, related_name="acts")
    key = models.UUIDField()
    kind = models.CharField(max_length=7, choices=rules.Kind)
    turn = models.CharField(max_length=24, blank=True)
    said = models.JSONField(default=dict)
    acted_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    was_offline = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["acted_at", "pk"]
        verbose_name = _("act in a deal clinic")
        verbose_name_plural = _("acts in deal clinics")
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="agenda_act_arrives_once"),
            models.CheckConstraint(
                condition=Q(kind__in=rules.Kind.values), name="agenda_act_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(acted_at__lte=F("arrived_at")), name="agenda_act_before_arrival"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def plain(self) -> rules.Act:
        """The act for the rules."""
        return rules.Act(
            key=self.key,
            kind=self.kind,
            at=self.acted_at,
            by_id=self.by_id,
            turn=self.turn,
            said=self.said,
        )


class TurnQuerySet(models.QuerySet["Turn"]):
    def held(self) -> Self:
        """Deals that were worked on to their end, or decided."""
        return self.filter(Q(ended_at__isnull=False) | ~Q(verdict=""))

    def with_deals(self) -> Self:
        """With whatever a sheet says of each."""
        return self.select_related(
            "person", "deal__account", "group__round__grouping__kickoff", "strategy"
        )


class Turn(models.Model):
    """
    One deal of a person in a group, from its first act on: what all acts come to. A person has one
    or two, `place` by `place`, as they handed in strategies; one who handed in none has the first.

    `stage_then` and `value_then` are what the CRM said when the group was done with it. `read_at`
    is when the manager of its person first opened its sheet.
    """

    group_id: int
    person_id: int
    deal_id: int | None

    group = models.ForeignKey(Group, models.CASCADE, related_name="turns")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    strategy = models.ForeignKey(
        Strategy, models.SET_NULL, null=True, blank=True, related_name="turns"
    )
    deal = models.ForeignKey(
        Opportunity, models.PROTECT, null=True, blank=True, related_name="turns"
    )
    name = models.CharField(_("deal"), max_length=160, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    used = models.JSONField(default=list, blank=True)  # seconds by part
    medians = models.JSONField(default=dict, blank=True)  # by letter, as they were shown
    verdict = models.CharField(
        _("verdict"), max_length=11, choices=rules.Verdict, blank=True, default=""
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    stage_then = models.CharField(max_length=12, blank=True)
    value_then = models.DecimalField(max_digits=15, decimal_places=3, null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["began_at", "pk"]
        verbose_name = _("deal in a clinic")
        verbose_name_plural = _("deals in clinics")
        constraints = [
            models.UniqueConstraint(fields=["group", "person", "place"], name="agenda_turn_once"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_DEALS), name="agenda_turn_at_most_two"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *rules.Verdict.values]),
                name="agenda_turn_known_verdict",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at=None)
                | (~Q(verdict="") & Q(decided_at__isnull=False)),
                name="agenda_turn_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    @property
    def key(self) -> str:
        """How acts name it."""
        return f"{self.person_id}.{self.place}"


class Step(models.Model):
    """An action that a group wrote down for a deal, and the commitment of its owner that it became."""

    owner_id: int

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="steps")
    key = models.UUIDField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    by_date = models.DateField()
    commitment = models.OneToOneField(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="clinic_step"
    )

    class Meta:
        ordering = ["by_date", "pk"]
        verbose_name = _("action of a deal clinic")
        verbose_name_plural = _("actions of deal clinics")
        constraints = [
            models.UniqueConstraint(fields=["turn", "key"], name="agenda_step_written_once"),
            models.CheckConstraint(condition=~Q(words=""), name="agenda_step_says_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def state(self) -> str:
        """How the commitment stands that it became: that of the last time that it fell due."""
        times = list(self.commitment.occurrences.all()) if self.commitment else []
        return times[-1].state if times else Occurrence.State.DROPPED
