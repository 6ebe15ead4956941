from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff

MOST_BETS = 3


class BigBet(models.Model):
    """One of the two or three things that must go right this year, with a plan for everybody."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="bets")
    # Null only inside the transaction in which two bets change places
    position = models.PositiveSmallIntegerField(_("position"), null=True)
    title = models.CharField(_("bet"), max_length=120)
    why = models.TextField(
        _("why"), max_length=600, blank=True, help_text=_("What the year looks like if it works")
    )
    action_weekly = models.CharField(
        _("every week"), max_length=200, blank=True, help_text=_("What everybody does each week")
    )
    action_monthly = models.CharField(
        _("every month"), max_length=200, blank=True, help_text=_("What everybody does each month")
    )
    action_quarterly = models.CharField(
        _("every quarter"),
        max_length=200,
        blank=True,
        help_text=_("What everybody does each quarter"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
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
                condition=Q(position=None) | Q(position__gte=1, position__lte=MOST_BETS),
                name="events_bigbet_position_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_action_plan(self) -> bool:
        """Whether it says what everybody does weekly, monthly and quarterly."""
        return bool(self.action_weekly and self.action_monthly and self.action_quarterly)
