from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Daily(models.Model):
    """The last day, where a person is, whose mail was sent, or decided not to be needed."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="daily"
    )
    date = models.DateField()

    class Meta:
        verbose_name = _("mail of a day")
        verbose_name_plural = _("mails of a day")

    def __str__(self) -> str:
        return f"#{self.pk} {self.date}"
