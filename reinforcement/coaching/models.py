from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person


class CoachingNoteQuerySet(models.QuerySet["CoachingNote"]):
    def written_by(self, manager: Person) -> Self:
        """Notes that this person may read whole."""
        return self.filter(manager=manager)

    def with_open_step(self) -> Self:
        """Notes whose next step nobody has ticked yet."""
        return self.exclude(next_step="").filter(step_done_at=None)


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
    next_step = models.CharField(_("Next step"), max_length=200, blank=True)
    next_step_by = models.DateField(_("By"), null=True, blank=True)
    step_done_at = models.DateTimeField(null=True, blank=True)
    step_done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
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
            models.CheckConstraint(
                condition=Q(next_step_by=None) | ~Q(next_step=""),
                name="reinforcement_note_date_has_step",
            ),
            models.CheckConstraint(
                condition=Q(step_done_at=None) | ~Q(next_step=""),
                name="reinforcement_note_ticked_has_step",
            ),
        ]
        indexes = [
            models.Index(
                fields=["rep"],
                condition=Q(step_done_at=None) & ~Q(next_step=""),
                name="reinforcement_note_open_step",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


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
