from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.bets.models import BigBet, Cadence, SuggestedAction
from events.kickoff.models import Kickoff


class Source(models.TextChoices):
    """What a promise came from."""

    BET = "BET", _("big bet")
    OWN = "OWN", _("your own")
    ONE_TO_ONE = "ONE_TO_ONE", _("1:1")
    NOTE = "NOTE", _("your note")
    CLINIC = "CLINIC", _("deal clinic")
    PANEL = "PANEL", _("customer panel")
    INSIGHT = "INSIGHT", _("insight")


IN_PLANS = (Source.BET, Source.OWN)  # what stands in a plan, which a manager agrees


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def live(self) -> Self:
        """Promises that were not dropped."""
        return self.filter(dropped_at=None)

    def in_plans(self) -> Self:
        """Promises that stand in a plan."""
        return self.filter(source__in=IN_PLANS)


class Commitment(models.Model):
    """
    Something that a person promised, whatever it came from: once, or again and again until a day.

    What came from a note is theirs alone; the others their manager sees too. `by_date` may be
    missing of what is promised once.
    """

    person_id: int
    bet_id: int | None
    promised_to_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="commitments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="commitments")
    source = models.CharField(max_length=10, choices=Source)
    bet = models.ForeignKey(
        BigBet, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    suggestion = models.ForeignKey(
        SuggestedAction, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    promised_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence, default=Cadence.ONCE)
    words = models.CharField(_("what you do"), max_length=200)
    done_when = models.CharField(_("it is done when"), max_length=200, blank=True)
    by_date = models.DateField(_("by"), null=True, blank=True)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        indexes = [
            models.Index(fields=["person", "kickoff"], name="events_commitment_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="events_commitment_known_source"
            ),
            models.CheckConstraint(
                condition=Q(cadence__in=Cadence.values), name="events_commitment_known_cadence"
            ),
            models.CheckConstraint(
                condition=Q(cadence="ONCE") | Q(by_date__isnull=False),
                name="events_commitment_ends_if_it_recurs",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="events_commitment_says_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def recurs(self) -> bool:
        return self.cadence != Cadence.ONCE

    @property
    def is_private(self) -> bool:
        """Whether nobody but the person sees it."""
        return self.source == Source.NOTE

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def open(self) -> Self:
        """What nobody has answered yet."""
        return self.filter(state=Occurrence.State.OPEN)

    def standing(self) -> Self:
        """Of kickoffs that run, shown to people and not archived."""
        running = Kickoff.objects.shown_to_people().under_way()
        return self.filter(commitment__kickoff__in=running)


class Occurrence(models.Model):
    """One time that a promise falls due, at the end of a day where the person is, and its answer."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        DONE = "DONE", _("done")
        CARRIED = "CARRIED", _("carried")  # to another occurrence
        DROPPED = "DROPPED", _("dropped")

    commitment_id: int

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="occurrences")
    due_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("why"), max_length=200, blank=True)
    carried_from = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("occurrence of a commitment")
        verbose_name_plural = _("occurrences of commitments")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "due_date"], name="events_occurrence_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "DONE", "CARRIED", "DROPPED"]),
                name="events_occurrence_known_state",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_at=None)
                | (~Q(state="OPEN") & Q(settled_at__isnull=False)),
                name="events_occurrence_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="DROPPED") | ~Q(reason=""),
                name="events_occurrence_dropped_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_date"], condition=Q(state="OPEN"), name="events_occurrence_open"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.due_date}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ActionPlan(models.Model):
    """That a person has adopted a plan at a kickoff, and whether their manager has agreed it."""

    person_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="action_plans")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="action_plans"
    )
    adopted_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person"], name="events_actionplan_one_each"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(agreed_at=None), name="events_actionplan_to_agree"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class WeeklyReview(models.Model):
    """That a person is asked what they did in a week, named by its Friday, and when they were done."""

    person_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="weekly_reviews")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="weekly_reviews"
    )
    week_date = models.DateField()
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-week_date", "pk"]
        verbose_name = _("weekly review")
        verbose_name_plural = _("weekly reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person", "week_date"], name="events_weeklyreview_once_a_week"
            ),
            models.CheckConstraint(
                condition=Q(week_date__week_day=6), name="events_weeklyreview_named_by_friday"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(done_at=None), name="events_weeklyreview_open"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.week_date}"
