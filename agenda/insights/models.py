from __future__ import annotations

import secrets
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.insights.rules import LONGEST_SAID, LONGEST_WHAT, MOST_HEARD
from events.commitments.models import Commitment
from events.kickoff.models import Kickoff

_LARGEST = 2**52


def new_number() -> int:
    """A number that tells of no order: those that count up would say between whom one was sent."""
    return secrets.randbelow(_LARGEST) + 1


class Function(models.TextChoices):
    """Who answers."""

    PRODUCT = "PRODUCT", _("Product")
    MARKETING = "MARKETING", _("Marketing")
    SALES = "SALES", _("Sales")


class State(models.TextChoices):
    NEW = "NEW", _("without an owner")
    OPEN = "OPEN", _("open")
    ANSWERED = "ANSWERED", _("answered")
    ACTED = "ACTED", _("acted on")
    DECLINED = "DECLINED", _("declined")


SETTLED = (State.ANSWERED, State.ACTED, State.DECLINED)


class InsightQuerySet(models.QuerySet["Insight"]):
    def heads(self) -> Self:
        """Those that stand for themselves and for what was put together with them."""
        return self.filter(merged_into=None)

    def unowned(self) -> Self:
        """Heads that nobody is to answer: new ones, and those whose owner is gone."""
        return self.heads().filter(Q(state=State.NEW) | Q(state=State.OPEN, owner=None))


class Insight(models.Model):
    """
    Something that was heard in a session, for marketing, product or sales to answer, and its answer.

    Sent without a name, a row holds nothing of its sender: its number is drawn, and `heard_at` is when
    its session began. It is the same for those sent with a name; without a session, when it was sent.
    `heard` is how often its sender has heard it. Who tells the room of it is its head (`merged_into`).
    """

    kickoff_id: int
    sender_id: int | None
    owner_id: int | None
    merged_into_id: int | None

    id = models.BigIntegerField(primary_key=True, default=new_number)
    key = models.UUIDField(default=uuid4)  # drawn where it is written, so that twice is once
    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="insights")
    # It outlives the draft's row, so no foreign key
    session_id = models.BigIntegerField(null=True, blank=True)
    session_title = models.CharField(_("session"), max_length=160, blank=True)
    heard_at = models.DateTimeField()
    what = models.CharField(_("what you heard"), max_length=LONGEST_WHAT)
    evidence = models.TextField(_("what was said"), max_length=LONGEST_SAID, blank=True)
    deal = models.CharField(_("deal or customer"), max_length=120, blank=True)
    heard = models.PositiveSmallIntegerField(_("how often you have heard it"), default=1)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="alike"
    )
    # Whose group it was of when that was put together with another: it goes back with it
    came_with = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    function = models.CharField(_("function"), max_length=9, choices=Function, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="insights",
        verbose_name=_("owner"),
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    due_date = models.DateField(_("answer by"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_SAID, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    act_by_date = models.DateField(_("acted on by"), null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)
    change = models.CharField(_("what is different now"), max_length=200, blank=True)
    commitment = models.OneToOneField(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="insight"
    )

    objects = InsightQuerySet.as_manager()

    class Meta:
        ordering = ["heard_at", "pk"]
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        indexes = [
            models.Index(fields=["kickoff", "state"], name="agenda_insight_of_kickoff"),
            models.Index(fields=["owner", "state"], name="agenda_insight_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kickoff", "key"], name="agenda_insight_sent_once"),
            models.CheckConstraint(condition=~Q(what=""), name="agenda_insight_says_something"),
            models.CheckConstraint(
                condition=Q(heard__gte=1, heard__lte=MOST_HEARD),
                name="agenda_insight_heard_1_to_99",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="agenda_insight_known_state"
            ),
            models.CheckConstraint(
                condition=Q(function__in=["", *Function.values]),
                name="agenda_insight_known_function",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | (~Q(merged_into=F("id")) & Q(state=State.NEW, merged_at__isnull=False)),
                name="agenda_insight_merged_is_new",
            ),
            models.CheckConstraint(
                condition=Q(state=State.NEW, due_date=None, function="")
                | (~Q(state=State.NEW) & Q(due_date__isnull=False) & ~Q(function="")),
                name="agenda_insight_given_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.NEW, State.OPEN], answered_at=None, answer="")
                | (Q(state__in=SETTLED, answered_at__isnull=False) & ~Q(answer="")),
                name="agenda_insight_settled_has_answer",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ACTED, acted_at__isnull=False) & ~Q(change="")
                | ~Q(state=State.ACTED) & Q(acted_at=None, change=""),
                name="agenda_insight_acted_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED


class Remark(models.Model):
    """Something that a planner or the owner says of an insight to the other. The room does not read it."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("remark"), max_length=LONGEST_SAID)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="agenda_remark_says_something")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Telling(models.Model):
    """
    That somebody who was in the room was told the answer to an insight, or what was done, and when
    they read it. Everybody of the room has one, whether or not they have sent anything.
    """

    class Occasion(models.TextChoices):
        ANSWER = "ANSWER", _("answer")
        ACTED = "ACTED", _("acted on")

    person_id: int

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="tellings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=6, choices=Occasion)
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer told to a room")
        verbose_name_plural = _("answers told to a room")
        indexes = [models.Index(fields=["person", "insight"], name="agenda_telling_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "person", "occasion"], name="agenda_telling_once"
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=["ANSWER", "ACTED"]), name="agenda_telling_known_occasion"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"
