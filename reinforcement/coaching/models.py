from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.commitments.models import Commitment, Occurrence
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person


class CoachingNoteQuerySet(models.QuerySet["CoachingNote"]):
    def written_by(self, manager: Person) -> Self:
        """Notes that this person may read whole."""
        return self.filter(manager=manager)

    def with_step(self) -> Self:
        """With the next step of each, and how it went: two queries more."""
        return self.select_related("step").prefetch_related("step__occurrences")


class CoachingNote(models.Model):
    """
    What a manager wrote down in a 1:1.

    The rep sees all but `private_note`; nobody else sees any of it, planners get counts.
    """

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="coaching_notes"
    )
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="coaching_received"
    )
    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="coaching_notes")
    happened_on = models.DateField(_("when"))
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    score = models.PositiveSmallIntegerField(_("what you saw"), null=True, blank=True)
    went_well = models.TextField(_("What did you see and agree?"), max_length=2000)
    # What was agreed to do next: a promise of the rep's, among all that they promised
    step = models.OneToOneField(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="coaching_note"
    )
    private_note = models.TextField(_("For your eyes only"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField()

    objects = CoachingNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = _("coaching note")
        verbose_name_plural = _("coaching notes")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "manager", "rep", "happened_on"],
                name="reinforcement_note_one_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(manager=F("rep")), name="reinforcement_note_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=1, score__lte=4, topic__isnull=False),
                name="reinforcement_note_score_1_to_4_of_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def next_step(self) -> str:
        """What was agreed to do next; empty where nothing was."""
        return self.step.words if self.step else ""

    @property
    def next_step_by(self) -> date | None:
        return self.step.by_date if self.step else None

    @property
    def step_time(self) -> Occurrence | None:
        """The last time that the next step fell due: what a tick answers."""
        times = list(self.step.occurrences.all()) if self.step else []
        return times[-1] if times else None

    @property
    def step_done_at(self) -> datetime | None:
        time = self.step_time
        return time.settled_at if time and time.state == Occurrence.State.DONE else None


class NoteDraft(models.Model):
    """
    What a manager has typed in a 1:1 and not saved yet, as the form sends it. Theirs alone, and
    gone once the note is saved, or after 90 days.
    """

    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rep = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft of a coaching note")
        verbose_name_plural = _("drafts of coaching notes")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "manager", "rep"], name="reinforcement_notedraft_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
