from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.lists.rules import mark_of
from events.attendance.models import Attendee
from events.bets.rules import FEW, MOST
from events.kickoff.models import Kickoff
from people.org.models import Region, Team


class BigBet(models.Model):
    """One of the two or three things that must go right this year: what is measured, who answers."""

    owner_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="bets")
    # Null only inside the transaction in which two bets change places
    position = models.PositiveSmallIntegerField(_("position"), null=True)
    title = models.CharField(_("bet"), max_length=120)
    why = models.TextField(
        _("why now"),
        max_length=600,
        blank=True,
        help_text=_("What the year looks like if it works"),
    )
    metric = models.CharField(_("what is measured"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    baseline = models.DecimalField(
        _("today"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    why_more = models.CharField(_("why more than three"), max_length=300, blank=True)
    suggested = models.BooleanField(
        _("suggested by the template"),
        default=False,
        help_text=_("Nobody has made it the company's own yet"),
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("big bet")
        verbose_name_plural = _("big bets")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "position"], name="events_bigbet_one_per_position"
            ),
            models.CheckConstraint(
                condition=Q(position=None) | Q(position__gte=1, position__lte=MOST),
                name="events_bigbet_position_1_to_6",
            ),
            models.CheckConstraint(
                condition=Q(baseline=None, target=None) | ~Q(metric=""),
                name="events_bigbet_figures_have_a_metric",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def seen(self) -> str:
        """A mark of what planners write: who saw another one has not seen the last change."""
        figures = ("" if one is None else f"{one:.2f}" for one in (self.baseline, self.target))
        return mark_of(
            self.title, self.why, self.metric, self.unit, *figures, self.owner_id, self.why_more
        )

    @property
    def is_one_more(self) -> bool:
        """Whether it stands behind the three that a kickoff carries."""
        return self.position is not None and self.position > FEW

    @property
    def is_measured(self) -> bool:
        """Whether it says what is measured, from where and to where."""
        return bool(self.metric) and self.baseline is not None and self.target is not None


class Cadence(models.TextChoices):
    ONCE = "ONCE", _("once")
    WEEKLY = "WEEKLY", _("every week")
    MONTHLY = "MONTHLY", _("every month")
    QUARTERLY = "QUARTERLY", _("every quarter")


class SuggestedAction(models.Model):
    """What people may take on for a bet: everybody, or those of one kind on the roster."""

    bet = models.ForeignKey(BigBet, models.CASCADE, related_name="actions")
    role = models.CharField(_("for whom"), max_length=10, choices=Attendee.Kind.choices, blank=True)
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence)
    words = models.CharField(_("what they do"), max_length=200)
    done_when = models.CharField(_("it is done when"), max_length=200, blank=True)
    by_date = models.DateField(_("until"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("suggested action")
        verbose_name_plural = _("suggested actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence__in=Cadence.values), name="events_suggestedaction_known_cadence"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class BetReading(models.Model):
    """What was read of a bet in a month: of the company, or of one region or team."""

    bet = models.ForeignKey(BigBet, models.CASCADE, related_name="readings")
    month = models.DateField(_("month"))  # its first day
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.DecimalField(_("reading"), max_digits=14, decimal_places=2)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["month", "pk"]
        verbose_name = _("reading of a bet")
        verbose_name_plural = _("readings of bets")
        constraints = [
            models.UniqueConstraint(
                fields=["bet", "month"],
                condition=Q(region=None, team=None),
                name="events_betreading_one_of_the_company",
            ),
            models.UniqueConstraint(
                fields=["bet", "month", "region"],
                condition=Q(region__isnull=False),
                name="events_betreading_one_a_region",
            ),
            models.UniqueConstraint(
                fields=["bet", "month", "team"],
                condition=Q(team__isnull=False),
                name="events_betreading_one_a_team",
            ),
            models.CheckConstraint(
                condition=Q(region=None) | Q(team=None), name="events_betreading_of_one_only"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="events_betreading_of_a_whole_month"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.month}"
