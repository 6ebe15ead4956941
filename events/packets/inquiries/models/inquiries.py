from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries.rules.kinds import LONGEST_DAYS, Kind, Route
from events.sealing.models import SealedField
from events.sealing.rules import seal, unseal
from people.accounts.models import Person
from people.org.queries import here


class AnswerTime(models.Model):
    """How many working days an answer to a kind may take at one kickoff, if not the usual."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="answer_times")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    working_days = models.PositiveSmallIntegerField(_("working days"))

    class Meta:
        verbose_name = _("time for an answer")
        verbose_name_plural = _("times for answers")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "kind"], name="events_answertime_one_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(working_days__gte=1, working_days__lte=LONGEST_DAYS),
                name="events_answertime_days_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def of(self, kickoff: Kickoff) -> Self:
        return self.filter(version__packet__kickoff=kickoff)

    def waiting(self) -> Self:
        """Questions that wait for an answer."""
        return self.filter(state__in=Inquiry.WAITING)

    def with_holder(self, at: datetime) -> Self:
        """
        Annotates `holder`: who holds a question now, REVOPS or MANAGER.

        Of a rep who has no manager, or one who may not read packets, is not confirmed, has left, or
        is not on the roster, RevOps does, whoever it was routed to.
        """
        return self.annotate(
            holder=held_by(Q(able_manager(at, "asked_by"), routed_to=Route.MANAGER))
        )

    def expected(self, at: datetime) -> Self:
        """Of what waits, what somebody expects: who has left reads no answer, an archive takes none."""
        archived = {"version__packet__kickoff__status": Kickoff.Status.ARCHIVED}
        return self.waiting().filter(here(at, "asked_by")).exclude(**archived)


def held_by(manager: Q) -> Case:
    """Who holds a row: the manager where that is so, else RevOps."""
    return Case(
        When(manager, then=Value(Route.MANAGER.value)),
        default=Value(Route.REVOPS.value),
        output_field=CharField(),
    )


def able_manager(at: datetime, rep: str) -> Q:
    """
    Of rows with a `version`, those whose rep has a manager to answer; the rule of
    `queries.able_manager`. `rep` is the way to the rep.
    """
    manager = f"{rep}__manager"
    on_roster = Attendee.objects.filter(
        kickoff=OuterRef("version__packet__kickoff"), person=OuterRef(manager)
    )
    may_read = Q(**{f"{manager}__role": Person.Role.REVOPS}) | Q(
        Exists(on_roster), **{f"{manager}__role": ""}
    )
    return Q(may_read, here(at, manager), **{f"{rep}__confirmed_manager": F(manager)})


class Inquiry(models.Model):
    """
    A rep's question about one version of their packet. What it says is sealed.

    OPEN → ANSWERED → CLOSED by the rep, who may ask again: REOPENED, a new round with times of
    its own. `reminded_at` and `escalated_at` are of the present round.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("Open")
        ANSWERED = "ANSWERED", _("Answered")
        CLOSED = "CLOSED", _("Closed")
        REOPENED = "REOPENED", _("Asked again")

    WAITING: ClassVar = (State.OPEN, State.REOPENED)

    version = models.ForeignKey(PacketVersion, models.PROTECT, related_name="inquiries")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="packet_inquiries"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    sealed = SealedField()
    routed_to = models.CharField(_("with"), max_length=7, choices=Route.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalates_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("question about a packet")
        verbose_name_plural = _("questions about packets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ANSWERED") | Q(answered_at__isnull=False),
                name="events_inquiry_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_at__isnull=False)
                | (~Q(state="CLOSED") & Q(closed_at=None)),
                name="events_inquiry_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at=None) | Q(reminded_at__isnull=False),
                name="events_inquiry_reminded_before_escalated",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("opened_at")), name="events_inquiry_due_after_opened"
            ),
            models.CheckConstraint(
                condition=Q(routed_to__in=["REVOPS", "MANAGER"]),
                name="events_inquiry_is_with_a_role",
            ),
            models.CheckConstraint(condition=~Q(sealed=""), name="events_inquiry_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["OPEN", "REOPENED"]),
                name="events_inquiry_waiting_due",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    def is_late(self, at: datetime) -> bool:
        """Whether it waits although its time has passed."""
        return self.is_waiting and self.due_at <= at

    def write(self, text: str) -> None:
        """Put the question in; saving is the caller's."""
        self.sealed = seal(text, settings.PACKET_KEYS)

    def read(self) -> str:
        """
        Open the question.

        :raises Unreadable: no key opens it
        """
        return unseal(self.sealed, settings.PACKET_KEYS)


class InquiryMessage(models.Model):
    """One entry of a thread: what somebody wrote, sealed, or what happened to the question."""

    class Kind(models.TextChoices):
        NOTE = "NOTE", _("wrote")
        ANSWER = "ANSWER", _("answered")
        REROUTED = "REROUTED", _("handed it on")
        REMINDED = "REMINDED", _("a reminder was sent")
        ESCALATED = "ESCALATED", _("it was taken further")
        CLOSED = "CLOSED", _("closed it")
        REOPENED = "REOPENED", _("asked again")

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.NOTE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    routed_to = models.CharField(max_length=7, choices=Route.choices, blank=True)
    sealed = SealedField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("message about a packet")
        verbose_name_plural = _("messages about packets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["NOTE", "ANSWER", "REROUTED", "REOPENED"]) | ~Q(sealed=""),
                name="events_inquirymessage_says_something",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["REMINDED", "ESCALATED"]) | Q(by__isnull=False),
                name="events_inquirymessage_is_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.inquiry_id} {self.kind}"

    def write(self, text: str) -> None:
        """Put a text in; saving is the caller's."""
        self.sealed = seal(text, settings.PACKET_KEYS)

    def read(self) -> str:
        """
        Open the text; empty where only something happened.

        :raises Unreadable: no key opens it
        """
        return unseal(self.sealed, settings.PACKET_KEYS) if self.sealed else ""
