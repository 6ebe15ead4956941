from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff


class ExchangeRate(models.Model):
    """
    How much of `currency` one unit of `base` buys on a day, as somebody of a kickoff noted it.

    A row never changes: whoever reckons with it points at it, and a new rate is a new row. What
    was agreed at the rate of a day stays what it is.
    """

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="exchange_rates")
    base = models.CharField(_("one unit of"), max_length=3)
    currency = models.CharField(_("buys so much of"), max_length=3)
    bought = models.DecimalField(_("rate"), max_digits=16, decimal_places=6)
    as_of_date = models.DateField(_("rate of"))

    class Meta:
        ordering = ["-as_of_date", "-pk"]
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "base", "currency", "as_of_date", "bought"],
                name="events_exchangerate_noted_once",
            ),
            models.CheckConstraint(
                condition=Q(bought__gt=0), name="events_exchangerate_above_zero"
            ),
            models.CheckConstraint(
                condition=~Q(base=F("currency")), name="events_exchangerate_of_two_currencies"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base} {self.currency} {self.as_of_date}"
