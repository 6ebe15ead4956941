from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.due.rules import end_of
from events.attendance.models import Segment
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework import rules
from events.questions.models import Topic
from people.files.models import StoredFile
from people.org.models import Team

WEB_ADDRESS = Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://")


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
                condition=WEB_ADDRESS, name="events_assignment_link_is_web_address"
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
        return end_of(self.opens_date - timedelta(days=1), self.kickoff.zone)


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
