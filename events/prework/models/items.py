from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.models.assignments import WEB_ADDRESS, AcceptedText, Assignment
from events.questions.models import Choice, Question
from people.files.models import StoredFile


class PreworkItemQuerySet(models.QuerySet["PreworkItem"]):
    def to_do(self) -> Self:
        """Items that are not done, of assignments that stand."""
        return self.not_withdrawn().exclude(state=PreworkItem.State.DONE)

    def not_withdrawn(self) -> Self:
        """Items of assignments that are not withdrawn."""
        # No join: Django updates what is joined by `pk IN (SELECT …)`, and PostgreSQL would not
        # look at the state again after it has waited for the row
        return self.filter(assignment__in=Assignment.objects.filter(withdrawn_at=None))

    def taking_part(self, at: datetime) -> Self:
        """Items of those who take part in the kickoff: who are still here and have not declined."""
        mine = Attendee.objects.filter(
            kickoff=OuterRef("assignment__kickoff"), person=OuterRef("person")
        )
        return self.filter(Exists(mine.taking_part(at)))

    def of_roster(self, kickoff: Kickoff, at: datetime) -> Self:
        """
        As `taking_part`, of items of one kickoff: who takes part is read once, not for each item.
        """
        there = Attendee.objects.filter(kickoff=kickoff).taking_part(at)
        return self.filter(person__in=there.values("person"))

    def untouched(self) -> Self:
        """What nobody has begun: it leaves with its person's place in the segment."""
        return self.filter(
            state=PreworkItem.State.OPEN, tries=None, watching=None, comments=None, version=1
        )

    def to_review(self) -> Self:
        """What was handed in and waits for the manager of whoever did it."""
        return self.not_withdrawn().filter(
            state=PreworkItem.State.DONE,
            reviewed_at=None,
            assignment__wants_review=True,
            assignment__kind__in=Assignment.WITH_WORK,
        )

    def of_people(self, kickoff: Kickoff, person_ids: Iterable[int]) -> Self:
        """What some people have to do for a kickoff."""
        return self.not_withdrawn().filter(
            assignment__kickoff=kickoff, person_id__in=list(person_ids)
        )


class PreworkItem(models.Model):
    """One person's copy of an assignment, with what they handed in."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("to do")
        RETURNED = "RETURNED", _("to do again")
        DONE = "DONE", _("done")

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="items")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="prework_items"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    assigned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)  # what is typed and not sent
    version = models.PositiveIntegerField(default=1)  # of the draft and of what was sent
    changed_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    accepted = models.ForeignKey(
        AcceptedText, models.PROTECT, null=True, blank=True, related_name="items"
    )
    typed_name = models.CharField(_("your name"), max_length=160, blank=True)
    text = models.TextField(_("your answer"), blank=True)
    link = models.CharField(_("a link"), max_length=rules.LINK_LIMIT, blank=True)
    returned_note = models.CharField(_("what is missing"), max_length=300, blank=True)

    objects = PreworkItemQuerySet.as_manager()

    class Meta:
        ordering = ["assignment__due_at", "assignment_id", "pk"]
        verbose_name = _("pre-work of a person")
        verbose_name_plural = _("pre-work of people")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"], name="events_preworkitem_one_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state="DONE", done_at__isnull=False)
                | (~Q(state="DONE") & Q(done_at=None)),
                name="events_preworkitem_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None) | Q(state="DONE"),
                name="events_preworkitem_reviewed_is_done",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), rules.TEXT_LIMIT),
                name="events_preworkitem_text_within_limit",
            ),
            models.CheckConstraint(
                condition=WEB_ADDRESS, name="events_preworkitem_link_is_web_address"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="events_preworkitem_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.assignment_id} {self.person_id}"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    def is_late(self, at: datetime) -> bool:
        """Whether it is not done although its due time has passed."""
        return not self.is_done and not self.assignment.is_optional and self.assignment.is_over(at)

    @property
    def was_late(self) -> bool:
        """Whether it was done after its due time."""
        return self.done_at is not None and self.assignment.is_over(self.done_at)


class Watching(models.Model):
    """What somebody really saw of the video of an item: seconds that ran, wherever the playhead was."""

    item = models.OneToOneField(PreworkItem, models.CASCADE, related_name="watching")
    spans = models.JSONField(default=list)  # [[from, to], …] in seconds, apart and in order
    length_seconds = models.PositiveIntegerField()
    resume_seconds = models.PositiveIntegerField(default=0)
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("what was watched")
        verbose_name_plural = _("what was watched")
        constraints = [
            models.CheckConstraint(
                condition=Q(length_seconds__gte=1), name="events_watching_of_some_length"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.item_id}"

    @property
    def percent(self) -> int:
        """How much of it was seen, in whole percent."""
        return rules.watched_percent(self.spans, self.length_seconds)


class QuizTry(models.Model):
    """One try of somebody at the quiz of an item, as it was answered: practice reads it later."""

    item = models.ForeignKey(PreworkItem, models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    right_count = models.PositiveSmallIntegerField()
    question_count = models.PositiveSmallIntegerField()
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["item_id", "number"]
        verbose_name = _("try at a quiz")
        verbose_name_plural = _("tries at quizzes")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="events_quiztry_one_a_number"),
            models.CheckConstraint(
                condition=Q(question_count__gte=1, right_count__lte=F("question_count")),
                name="events_quiztry_no_more_right_than_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.item_id} try {self.number}"

    @property
    def percent(self) -> int:
        """How much was right, in whole percent."""
        return 100 * self.right_count // self.question_count


class QuizAnswer(models.Model):
    """What somebody answered to one question of a try."""

    quiz_try = models.ForeignKey(QuizTry, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="prework_answers")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="+")
    is_right = models.BooleanField()

    class Meta:
        ordering = ["quiz_try_id", "pk"]
        verbose_name = _("answer to a quiz")
        verbose_name_plural = _("answers to quizzes")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz_try", "question"], name="events_quizanswer_one_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.quiz_try_id}"


class ItemComment(models.Model):
    """What was said about what somebody handed in: between them, their managers and planners."""

    item = models.ForeignKey(PreworkItem, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("author")
    )
    text = models.CharField(_("comment"), max_length=rules.COMMENT_LIMIT)
    is_return = models.BooleanField(default=False)  # said when it was asked for again
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("comment on pre-work")
        verbose_name_plural = _("comments on pre-work")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="events_itemcomment_says_something")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} on {self.item_id}"
