from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """The address at which a person's own calendar fetches their sessions, over all kickoffs."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Part of the address: a later one makes those before it worthless
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"
