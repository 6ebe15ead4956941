from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.insights.models import Insight
from agenda.reviews.rules.parts import Part
from agenda.reviews.rules.reasons import LOST, QUESTIONS, WEIGHTS, Reason, Weight, label
from agenda.sessions.models import Session
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.questions.models import Topic

DECIDED_WITHIN = timedelta(days=365)  # before the first day: what a kickoff looks back on


class Side(models.TextChoices):
    REP = "REP", gettext_lazy("the rep")
    BUYER = "BUYER", gettext_lazy("the buyer")


class Outcome(models.TextChoices):
    WON = "WON", gettext_lazy("won")
    LOST = "LOST", gettext_lazy("lost")


class ReviewQuerySet(models.QuerySet["Review"]):
    def chosen(self) -> Self:
        """Reviews for which a deal was chosen."""
        return self.filter(deal__isnull=False)


class Review(models.Model):
    """
    One deal that a kickoff looks at together, or the place of one that is not chosen yet. `part` is
    where it stands in its room; each part keeps when it was first shown.
    """

    deal_id: int | None
    session_id: int | None
    kickoff_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="reviews")
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=gettext_lazy("session"),
    )
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(gettext_lazy("outcome"), max_length=4, choices=Outcome)
    deal = models.ForeignKey(
        Opportunity, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    name = models.CharField(gettext_lazy("deal"), max_length=160, blank=True)
    why = models.CharField(gettext_lazy("why this deal"), max_length=300, blank=True)
    part = models.PositiveSmallIntegerField(default=Part.SHUT)
    guess_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    buyer_at = models.DateTimeField(null=True)
    change_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = gettext_lazy("win/loss review")
        verbose_name_plural = gettext_lazy("win/loss reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "position"], name="agenda_review_one_at_each_place"
            ),
            models.UniqueConstraint(fields=["kickoff", "deal"], name="agenda_review_one_per_deal"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="agenda_review_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(part__gte=0, part__lte=int(Part.OVER)), name="agenda_review_known_part"
            ),
            models.CheckConstraint(
                condition=Q(deal=None, name="", part=0) | (Q(deal__isnull=False) & ~Q(name="")),
                name="agenda_review_opens_with_a_deal",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @property
    def is_won(self) -> bool:
        return self.outcome == Outcome.WON

    @property
    def title(self) -> str:
        """“Lost: Alder Freight”, or which place is empty."""
        won = self.outcome == Outcome.WON
        if not self.name:
            return _("A deal we won") if won else _("A deal we lost")
        return (_("Won: %(name)s") if won else _("Lost: %(name)s")) % {"name": self.name}

    @property
    def question(self) -> str:
        """What the room is asked before anything is told."""
        asked = _("Why did %(name)s choose us?") if self.is_won else _("Why did we lose %(name)s?")
        return asked % {"name": self.name}

    def began(self, part: Part) -> datetime | None:
        """When a part was first shown; None while it was not."""
        times = {
            Part.GUESS: self.guess_at,
            Part.TOLD: self.told_at,
            Part.BUYER: self.buyer_at,
            Part.CHANGE: self.change_at,
        }
        return times.get(part)

    @property
    def is_guessing(self) -> bool:
        return self.part == Part.GUESS

    @property
    def shows_truth(self) -> bool:
        """Whether the room may read what the buyer said."""
        return self.part >= Part.BUYER


class StatementQuerySet(models.QuerySet["Statement"]):
    def written(self) -> Self:
        """Records that were made, not only asked for."""
        return self.filter(written_at__isnull=False)

    def of_buyers(self) -> Self:
        """Interviews."""
        return self.filter(side=Side.BUYER)


class Statement(models.Model):
    """
    What one side says of why a deal was won or lost: its rep in a form of their own, its buyer in an
    interview that somebody else holds. Asked for first, written later. No buyer's name is kept. What
    may be quoted where is the buyer's to say; withdrawn, no word of theirs is left in the row.
    """

    person_id: int | None
    deal_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="+")
    deal = models.ForeignKey(Opportunity, models.PROTECT, related_name="statements")
    name = models.CharField(max_length=160)  # of the deal
    side = models.CharField(max_length=5, choices=Side)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    written_at = models.DateTimeField(null=True)
    held_date = models.DateField(gettext_lazy("held on"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(gettext_lazy("minutes"), null=True, blank=True)
    role = models.CharField(gettext_lazy("whom you asked: their role"), max_length=80, blank=True)
    why_buy = models.TextField(QUESTIONS["why_buy"], max_length=600, blank=True)
    why_us = models.TextField(QUESTIONS["why_us"], max_length=600, blank=True)
    nearly = models.TextField(QUESTIONS["nearly"], max_length=600, blank=True)
    change = models.TextField(QUESTIONS["change"], max_length=600, blank=True)
    may_room = models.BooleanField(gettext_lazy("in the room"), default=False)
    may_paper = models.BooleanField(gettext_lazy("on the page of the deal, as PDF"), default=False)
    may_campaign = models.BooleanField(gettext_lazy("in the 90 days after"), default=False)
    withdrawn_at = models.DateTimeField(null=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = gettext_lazy("record of a deal")
        verbose_name_plural = gettext_lazy("records of deals")
        constraints = [
            models.UniqueConstraint(fields=["deal", "side"], name="agenda_statement_one_per_side"),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="agenda_statement_known_side"
            ),
            models.CheckConstraint(
                condition=Q(side=Side.BUYER)
                | Q(may_room=False, may_paper=False, may_campaign=False, withdrawn_at=None),
                name="agenda_statement_consent_is_the_buyers",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None)
                | Q(
                    may_room=False,
                    may_paper=False,
                    may_campaign=False,
                    why_buy="",
                    why_us="",
                    nearly="",
                    change="",
                ),
                name="agenda_statement_withdrawn_says_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(written_at=None), name="agenda_statement_asked"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.side}"

    @property
    def main(self) -> str:
        """The main reason that it names; empty where it names none."""
        return next((one.reason for one in self.reasons.all() if one.weight == Weight.MAIN), "")

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The four questions with what was answered; those that were not are left out."""
        asked = [(str(words), getattr(self, name)) for name, words in QUESTIONS.items()]
        return [(question, answer) for question, answer in asked if answer]

    @property
    def consent(self) -> str:
        """Where the buyer may be quoted, in words."""
        if self.withdrawn_at:
            return _("Consent withdrawn: quote nothing")
        places = (
            (self.may_room, _("room")),
            (self.may_paper, _("PDF")),
            (self.may_campaign, _("the 90 days")),
        )
        said = [words for allowed, words in places if allowed]
        if not said:
            return _("No consent: quote nothing")
        return _("Consent: %(places)s; role only, no names") % {"places": ", ".join(said)}

    @property
    def may_be_quoted(self) -> bool:
        """Whether the buyer may be quoted anywhere."""
        return self.may_room or self.may_paper or self.may_campaign


class StatedReason(models.Model):
    """One reason that a record names, with the words for it."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="reasons")
    reason = models.CharField(max_length=15, choices=list(LOST.items()))
    weight = models.CharField(max_length=4, choices=list(WEIGHTS.items()))
    quote = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "reason"], name="agenda_statedreason_once_each"
            ),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(weight=Weight.MAIN),
                name="agenda_statedreason_one_main",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=list(Reason)), name="agenda_statedreason_known"
            ),
            models.CheckConstraint(
                condition=Q(weight__in=list(Weight)), name="agenda_statedreason_known_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reason}"


class PrepStep(models.Model):
    """What the deal team or whoever facilitates does before the room, by a day."""

    owner_id: int | None

    review = models.ForeignKey(Review, models.CASCADE, related_name="steps")
    title = models.CharField(gettext_lazy("what to prepare"), max_length=160)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    due_date = models.DateField(gettext_lazy("by"))
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = gettext_lazy("step of preparation")
        verbose_name_plural = gettext_lazy("steps of preparation")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agenda_prepstep_says_something")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class GuessCount(models.Model):
    """How many in the room guess one reason. Who did stands nowhere."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="guesses")
    reason = models.CharField(max_length=15, choices=list(LOST.items()))
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "reason"], name="agenda_guesscount_once_each")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reason}"


class Guesser(models.Model):
    """Somebody who has guessed, so that nobody does twice: not what, and not when."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="guessers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="agenda_guesser_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Theme(models.Model):
    """What several deals say together, the insight that it became, and the topic that teaches it."""

    insight_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="+")
    words = models.CharField(gettext_lazy("theme"), max_length=160)
    reason = models.CharField(gettext_lazy("reason"), max_length=15, choices=list(LOST.items()))
    deals = models.ManyToManyField(
        Opportunity, related_name="+", verbose_name=gettext_lazy("deals that say it")
    )
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("topic of the question bank"),
    )
    insight = models.OneToOneField(
        Insight, models.SET_NULL, null=True, blank=True, related_name="theme"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("theme of reviews")
        verbose_name_plural = gettext_lazy("themes of reviews")
        constraints = [
            models.UniqueConstraint(fields=["kickoff", "words"], name="agenda_theme_said_once"),
            models.CheckConstraint(condition=~Q(words=""), name="agenda_theme_says_something"),
            models.CheckConstraint(
                condition=Q(reason__in=list(Reason)), name="agenda_theme_known_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def reason_words(self) -> str:
        return label(self.reason, won=False)
