from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import NameField


class Region(models.Model):
    """A sales region, the widest division of the field: EMEA, Americas."""

    name = NameField(_("name"), max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team inside a region, usually the reports of one manager."""

    name = NameField(_("name"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="teams", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "region"], name="people_team_one_name_per_region"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(region=None),
                name="people_team_one_name_without_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name
