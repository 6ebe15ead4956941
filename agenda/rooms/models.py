from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff


class Room(models.Model):
    """A place where a session can be held, at one kickoff."""

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=80)
    place = models.CharField(
        _("where"),
        max_length=120,
        blank=True,
        help_text=_("Floor or building, for example level 2"),
    )
    capacity = models.PositiveIntegerField(_("seats"))
    is_outdoors = models.BooleanField(
        _("outdoors"),
        default=False,
        help_text=_("Used only when you choose it: no proposal moves a session outdoors."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Rooms stand in the grid in this order, lowest first.")
    )
    notes = models.CharField(_("notes"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "name", "pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(
                "kickoff", Lower("name"), name="agenda_room_one_name_per_kickoff"
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="agenda_room_has_seats"),
        ]

    def __str__(self) -> str:
        return self.name
