from __future__ import annotations

import secrets
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.panels.rules import MOST_ANSWERS, MOST_ISSUES
from agenda.sessions.models import Session
from core.fields import NameField
from events.commitments.models import Commitment
from events.deals.models import Account
from events.kickoff.models import Kickoff


class Standing(models.TextChoices):
    PROMOTER = "PROMOTER", _("promoter")
    NEUTRAL = "NEUTRAL", _("neutral")
    DETRACTOR = "DETRACTOR", _("detractor")


class Where(models.TextChoices):
    """Where the words of a customer may be quoted."""

    ROOM = "ROOM", _("in the room and on its pages")
    PDF = "PDF", _("in the PDF of the panel")
    CAMPAIGN = "CAMPAIGN", _("in the 90 days")


class CustomerBase(models.Model):
    """The NPS of all customers, as it was measured last, for panels to stand beside."""

    kickoff = models.OneToOneField(Kickoff, models.CASCADE, related_name="customer_base")
    score = models.SmallIntegerField(_("NPS of all customers"))
    answers = models.PositiveIntegerField(_("customers who answered"))
    measured_date = models.DateField(_("measured on"))

    class Meta:
        verbose_name = _("NPS of all customers")
        verbose_name_plural = _("NPS of all customers")
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=-100, score__lte=100),
                name="agenda_customerbase_nps_within_100",
            ),
            models.CheckConstraint(
                condition=Q(answers__gt=0), name="agenda_customerbase_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.score}"


def link_key() -> str:
    """A new key of a panelist's own link: whatever link there was before opens nothing."""
    return secrets.token_urlsafe(16)


class Panelist(models.Model):
    """
    A customer on a panel: who they are, what they think of us, who calls them before, and what of
    theirs may be quoted where. What is sensitive is for planners and facilitators alone.
    """

    session_id: int
    prep_by_id: int | None

    session = models.ForeignKey(Session, models.CASCADE, related_name="panelists")
    name = NameField(_("name"), max_length=120)
    company = NameField(_("company"), max_length=160)
    job_title = models.CharField(_("what they do there"), max_length=120, blank=True)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    score = models.PositiveSmallIntegerField(
        _("would recommend us, 0 to 10"),
        help_text=_("Their last answer. 9 and 10 promote, 7 and 8 are neutral, 0 to 6 detract."),
    )
    standing = models.CharField(max_length=9, choices=Standing, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    prep_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who holds the prep call"),
    )
    prep_date = models.DateField(_("prep call on"), null=True, blank=True)
    prep_held_date = models.DateField(_("prep call held on"), null=True, blank=True)
    prep_notes = models.TextField(_("notes of the prep call"), max_length=2000, blank=True)
    sensitive = models.TextField(
        _("sensitive topics"),
        max_length=1000,
        blank=True,
        help_text=_("Only planners and whoever facilitates read this."),
    )
    may_room = models.BooleanField(default=False)
    may_pdf = models.BooleanField(default=False)
    may_campaign = models.BooleanField(default=False)
    consent_at = models.DateTimeField(null=True, blank=True)  # None: they were never asked
    link_key = models.CharField(max_length=32, default=link_key)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("panelist")
        verbose_name_plural = _("panelists")
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="PROMOTER", score__gte=9, score__lte=10)
                | Q(standing="NEUTRAL", score__gte=7, score__lte=8)
                | Q(standing="DETRACTOR", score__lte=6),
                name="agenda_panelist_standing_is_that_of_the_score",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(company=""), name="agenda_panelist_has_name_and_company"
            ),
            models.CheckConstraint(
                condition=Q(consent_at__isnull=False)
                | Q(may_room=False, may_pdf=False, may_campaign=False),
                name="agenda_panelist_consent_was_given",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(email="", phone="", prep_notes="", sensitive=""),
                name="agenda_panelist_forgotten_has_no_contact",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prep_by"],
                condition=Q(prep_held_date=None),
                name="agenda_panelist_to_call",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def places(self) -> list[Where]:
        """Where their words may be quoted."""
        return [where for where in Where if getattr(self, f"may_{where.value.lower()}")]


class Consent(models.Model):
    """One time that a panelist said what may be quoted where. Never changed: the last one holds."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="consents")
    places = models.CharField(
        max_length=40, blank=True
    )  # values of `Where` by comma; none: nowhere
    said_at = models.DateTimeField()
    noted_by = models.ForeignKey(  # None: the panelist themselves, by their link
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_panelist = models.BooleanField(default=False)

    class Meta:
        ordering = ["-said_at", "-pk"]
        verbose_name = _("consent of a panelist")
        verbose_name_plural = _("consents of panelists")

    def __str__(self) -> str:
        return f"#{self.pk} {self.places}"

    @property
    def words(self) -> list[str]:
        """The places in words."""
        return [str(Where(one).label) for one in self.places.split(",") if one]


class Issue(models.Model):
    """One of at most three things that a panel is about."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="panel_issues")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(_("issue"), max_length=120)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("issue of a panel")
        verbose_name_plural = _("issues of panels")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"], name="agenda_issue_one_per_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_ISSUES),
                name="agenda_issue_three_at_most",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="agenda_issue_says_something"),
        ]

    def __str__(self) -> str:
        return self.words


class Tone(models.TextChoices):
    GOOD = "GOOD", _("good")
    BAD = "BAD", _("bad")
    UGLY = "UGLY", _("ugly")


class PanelQuestion(models.Model):
    """One question of a panel's bank: how long it takes, who answers, and whether it was asked."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("to come")
        NOW = "NOW", _("now")
        ASKED = "ASKED", _("asked")

    issue_id: int
    session_id: int

    session = models.ForeignKey(Session, models.CASCADE, related_name="panel_questions")
    issue = models.ForeignKey(
        Issue, models.CASCADE, related_name="questions", verbose_name=_("issue")
    )
    words = models.CharField(_("question"), max_length=300)
    tone = models.CharField(_("what it asks for"), max_length=4, choices=Tone, default=Tone.GOOD)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=6)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    note = models.TextField(
        _("note for whoever facilitates"),
        max_length=600,
        blank=True,
        help_text=_("What lies behind it, what to press on. Panelists never see it."),
    )
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    begun_at = models.DateTimeField(null=True, blank=True)
    from_audience = models.BooleanField(default=False)

    class Meta:
        ordering = ["issue__number", "position", "pk"]
        verbose_name = _("question of a panel")
        verbose_name_plural = _("questions of panels")
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state="NOW"),
                name="agenda_panelquestion_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=60),
                name="agenda_panelquestion_1_to_60_minutes",
            ),
            models.CheckConstraint(
                condition=Q(tone__in=Tone.values), name="agenda_panelquestion_known_tone"
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="agenda_panelquestion_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state="PLANNED", begun_at=None)
                | Q(state__in=("NOW", "ASKED"), begun_at__isnull=False),
                name="agenda_panelquestion_asked_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Answerer(models.Model):
    """Who answers a question, first or second, and whether they agreed to it in their prep call."""

    question = models.ForeignKey(PanelQuestion, models.CASCADE, related_name="answerers")
    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField()
    agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("who answers a question")
        verbose_name_plural = _("who answers questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "panelist"], name="agenda_answerer_once_a_question"
            ),
            models.UniqueConstraint(
                fields=["question", "place"], name="agenda_answerer_one_per_place"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_ANSWERS),
                name="agenda_answerer_two_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def any_number() -> int:
    """A number out of all order, below what JavaScript can hold: it says nothing of when."""
    return secrets.randbelow(2**53 - 1) + 1


class AudienceQuestion(models.Model):
    """
    What somebody in the audience wants to ask. Whoever sends it without a name leaves none: the row
    has no time, and its number tells nothing of when it came.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("waits")
        MERGED = "MERGED", _("among the questions")
        ASIDE = "ASIDE", _("set aside")
        PASSED = "PASSED", _("sent on as an insight")

    id = models.BigIntegerField(primary_key=True, default=any_number, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="audience_questions")
    words = models.CharField(_("your question"), max_length=300)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    question = models.ForeignKey(
        PanelQuestion, models.SET_NULL, null=True, blank=True, related_name="heard"
    )

    class Meta:
        ordering = ["words", "pk"]  # no order tells when one came
        verbose_name = _("question from the audience")
        verbose_name_plural = _("questions from the audience")
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="agenda_audiencequestion_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["session"], condition=Q(state="OPEN"), name="agenda_audience_open")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class QuoteQuerySet(models.QuerySet["Quote"]):
    def allowed(self, where: str) -> Self:
        """Those whose speakers allow them there, at this moment."""
        return self.filter(**{f"panelist__may_{where.lower()}": True})

    def allowed_anywhere(self) -> Self:
        """Those whose speakers allow them in one place at least, at this moment."""
        places = [Q(**{f"panelist__may_{where.lower()}": True}) for where in Where.values]
        return self.filter(reduce(or_, places))


class Quote(models.Model):
    """What a panelist said in the room. It is read nowhere that they do not allow."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="quotes")
    words = models.CharField(_("what they said"), max_length=300)
    caught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    caught_at = models.DateTimeField()

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["caught_at", "pk"]
        verbose_name = _("quote of a panelist")
        verbose_name_plural = _("quotes of panelists")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="agenda_quote_says_something")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class FollowUp(models.Model):
    """What somebody of ours promised a customer in the room: a commitment with owner and day."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="follow_ups")
    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="panel_follow_up")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("follow-up to a customer")
        verbose_name_plural = _("follow-ups to customers")

    def __str__(self) -> str:
        return f"#{self.pk}"
