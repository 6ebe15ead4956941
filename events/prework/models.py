from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from events.attendance.models import Attendee, Segment
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework import rules
from events.questions.models import Choice, Question, Topic
from people.files.models import StoredFile
from people.org.models import Team

_WEB_ADDRESS = Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def assigned(self) -> Self:
        """What people have to do: published and not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)


class Assignment(Segment):
    """
    Something to do before the event, for a segment of the roster.

    A draft until it is published; then each person has an item. `due_date` is a day in the
    event's zone, `due_at` the midnight after it: exclusive.
    """

    class Kind(models.TextChoices):
        READ = "READ", _("Read")
        WATCH = "WATCH", _("Watch")
        DO = "DO", _("Do")
        SUBMIT = "SUBMIT", _("Submit")
        UPLOAD = "UPLOAD", _("Upload")
        QUIZ = "QUIZ", _("Quiz")
        ACCEPT = "ACCEPT", _("Acknowledge")
        STRATEGY = "STRATEGY", _("Win strategy")

    WITH_WORK = (Kind.SUBMIT, Kind.UPLOAD, Kind.STRATEGY)  # handed in, and read by others
    TICKED = (Kind.READ, Kind.WATCH, Kind.DO)  # what people say of themselves

    bet_id: int | None
    segment_team_id: int | None

    class Tenure(models.TextChoices):
        NEW = "NEW", _("hired in the last 12 months")
        SETTLED = "SETTLED", _("here for longer")

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="assignments")
    segment_team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this team"),
    )
    segment_tenure = models.CharField(
        _("only of this tenure"), max_length=10, choices=Tenure.choices, blank=True
    )
    segment_has_deals = models.BooleanField(_("only who has open deals"), default=False)
    # A session of the agenda, which stands above: its people come through `find_session_people`
    segment_session = models.PositiveBigIntegerField(_("only this session"), null=True, blank=True)
    kind = models.CharField(_("what people do"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    instructions = models.TextField(_("instructions"), max_length=4000, blank=True)
    link = models.URLField(_("link"), max_length=rules.LINK_LIMIT, blank=True)
    body = models.TextField(_("text"), max_length=rules.BODY_LIMIT, blank=True)  # Markdown
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), null=True, blank=True)
    bet = models.ForeignKey(
        BigBet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("big bet"),
    )
    is_optional = models.BooleanField(_("optional"), default=False)
    is_typed = models.BooleanField(_("they type their name"), default=False)  # to acknowledge
    quiz_topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic of the quiz"),
    )
    quiz_count = models.PositiveSmallIntegerField(_("questions"), default=5)
    quiz_tries = models.PositiveSmallIntegerField(
        _("tries"), null=True, blank=True, default=1
    )  # None: as many as somebody wants
    quiz_pass_percent = models.PositiveSmallIntegerField(_("percent to pass"), default=80)
    wants_review = models.BooleanField(_("their manager looks at what they hand in"), default=False)
    opens_date = models.DateField(_("opens"), null=True, blank=True)
    due_date = models.DateField(_("due"))
    due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("pre-work")
        verbose_name_plural = _("pre-work")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
                name="events_assignment_withdrawn_after_published",
            ),
            models.CheckConstraint(
                condition=Q(opens_date=None) | Q(opens_date__lte=F("due_date")),
                name="events_assignment_opens_before_due",
            ),
            models.CheckConstraint(
                condition=Q(quiz_count__gte=1)
                & Q(quiz_pass_percent__lte=100)
                & (Q(quiz_tries=None) | Q(quiz_tries__gte=1)),
                name="events_assignment_quiz_can_be_taken",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1),
                name="events_assignment_takes_some_minutes",
            ),
            models.CheckConstraint(
                condition=_WEB_ADDRESS, name="events_assignment_link_is_web_address"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def wants_work(self) -> bool:
        """Whether something is handed in, so that nobody can tick it."""
        return self.kind in self.WITH_WORK

    @property
    def is_ticked(self) -> bool:
        """Whether people say themselves that they have done it."""
        return self.kind in self.TICKED

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_assigned(self) -> bool:
        return not self.is_draft and not self.is_withdrawn

    def is_over(self, at: datetime) -> bool:
        """Whether the due time has passed; at the due moment it has."""
        return at >= self.due_at

    def opens_at(self) -> datetime | None:
        """The moment from which on it can be done; None where that is at once."""
        if self.opens_date is None:
            return None
        return rules.due_at(self.opens_date - timedelta(days=1), self.kickoff.zone)


class AssignmentFile(models.Model):
    """A picture, a video, its captions or a file that comes with an assignment."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["file__name", "pk"]
        verbose_name = _("file of pre-work")
        verbose_name_plural = _("files of pre-work")

    def __str__(self) -> str:
        return f"#{self.pk} of {self.assignment_id}"

    @property
    def is_video(self) -> bool:
        """Whether a player plays it."""
        return self.file.media_type.startswith("video/")

    @property
    def is_picture(self) -> bool:
        """Whether a text can show it."""
        return self.file.media_type.startswith("image/")

    @property
    def is_captions(self) -> bool:
        """Whether it is what is said in a video."""
        return self.file.media_type == "text/vtt"


class AcceptedText(models.Model):
    """A text as people acknowledged it: the assignment's may change, this one stays."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="accepted_texts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))
    first_at = models.DateTimeField()

    class Meta:
        ordering = ["assignment_id", "version"]
        verbose_name = _("acknowledged text")
        verbose_name_plural = _("acknowledged texts")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "version"], name="events_acceptedtext_one_of_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.assignment_id} version {self.version}"


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
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="prework_items"
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
                condition=_WEB_ADDRESS, name="events_preworkitem_link_is_web_address"
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


class PreworkPlan(models.Model):
    """How a kickoff deals out its pre-work: in order or free, and how much is too much."""

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="prework_plan")
    is_in_order = models.BooleanField(_("one after the other, as they are due"), default=False)
    most_minutes = models.PositiveSmallIntegerField(
        _("most minutes a person"), default=rules.MOST_MINUTES
    )

    class Meta:
        verbose_name = _("plan of pre-work")
        verbose_name_plural = _("plans of pre-work")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_minutes__gte=1), name="events_preworkplan_some_minutes"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.kickoff_id}"


class ItemComment(models.Model):
    """What was said about what somebody handed in: between them, their managers and planners."""

    item = models.ForeignKey(PreworkItem, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
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
