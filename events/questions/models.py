from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.bets.models import BigBet
from events.kickoff.models import Kickoff


class Topic(models.Model):
    """What a kickoff wants its people to know and do; questions and coaching hang on it."""

    bet_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="topics")
    bet = models.ForeignKey(
        BigBet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("big bet"),
    )
    name = models.CharField(_("name"), max_length=80)
    behaviour = models.CharField(
        _("what a manager can see"),
        max_length=120,
        blank=True,
        help_text=_("Ends the sentence “How well does this rep …”: map the buying group"),
    )
    prompts = models.TextField(
        _("what to ask in a 1:1"),
        max_length=600,
        blank=True,
        help_text=_("One question a line, three at most are shown."),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "name"], name="events_topic_one_name_per_kickoff"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def prompt_lines(self) -> list[str]:
        """The first three prompts."""
        return [line.strip() for line in self.prompts.splitlines() if line.strip()][:3]


class QuestionQuerySet(models.QuerySet["Question"]):
    def for_practice(self) -> Self:
        """Questions that quizzes and pre-work may show at any time."""
        return self.filter(held_out=False, retired_at=None)

    def held_back(self) -> Self:
        """Questions kept for the checks, so that a check measures and practice does not spoil it."""
        return self.filter(held_out=True, retired_at=None)


class Question(models.Model):
    """One multiple-choice question of the bank, with exactly one right choice."""

    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="questions", verbose_name=_("topic")
    )
    text = models.CharField(_("question"), max_length=300)
    explanation = models.TextField(
        _("explanation"), max_length=600, blank=True, help_text=_("Shown after the answer.")
    )
    held_out = models.BooleanField(
        _("keep it for the checks"),
        default=False,
        help_text=_("Practice never shows it, so that day 0, 30, 60 and 90 stay comparable."),
    )
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["topic__name", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "text"],
                condition=Q(retired_at=None),
                name="events_question_once_per_topic",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text}"


class Choice(models.Model):
    """One of the two to six answers that a question offers."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("choice"), max_length=200)
    is_right = models.BooleanField(default=False)

    class Meta:
        ordering = ["question_id", "position"]
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_right=True), name="events_choice_one_right"
            ),
            models.UniqueConstraint(
                fields=["question", "position"], name="events_choice_one_per_position"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=6), name="events_choice_at_most_six"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text}"
