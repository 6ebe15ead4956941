from django.db import models


class Try(models.Model):
    """One try at something that may be tried only so often, kept for a day."""

    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["digest", "at"], name="people_try_of_digest"),
            models.Index(fields=["at"], name="people_try_at"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.at:%F %T}"
