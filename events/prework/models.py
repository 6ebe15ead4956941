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

from events.attendance.models import Attendee, Segment
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework import rules

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
        STRATEGY = "STRATEGY", _("Win strategy")

    WITH_WORK = (Kind.SUBMIT, Kind.STRATEGY)  # what is handed in, and not ticked

    bet_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="assignments")
    kind = models.CharField(_("what people do"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    instructions = models.TextField(_("instructions"), max_length=4000, blank=True)
    link = models.URLField(_("link"), max_length=rules.LINK_LIMIT, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), null=True, blank=True)
    bet = models.ForeignKey(
        BigBet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("big bet"),
    )
    wants_review = models.BooleanField(_("their manager looks at what they hand in"), default=False)
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
        return not self.is_done and self.assignment.is_over(at)

    @property
    def was_late(self) -> bool:
        """Whether it was done after its due time."""
        return self.done_at is not None and self.assignment.is_over(self.done_at)


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
