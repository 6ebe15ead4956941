from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.due.rules import end_of
from events.attendance.models import Attendee, AttendeeQuerySet, Segment
from events.invitations import rules
from events.kickoff.models import Kickoff
from people.org.models import Team


class Wave(Segment):
    """A part of a roster that is invited together, in words of its own, to answer by a day."""

    kickoff_id: int
    team_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="waves")
    name = models.CharField(_("name"), max_length=80)
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this team"),
    )
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    body = models.TextField(_("text"), max_length=4000, blank=True)
    deadline_date = models.DateField(_("answers by"))
    goes_date = models.DateField(_("goes out"), null=True, blank=True)
    remind_days = models.CharField(_("reminders"), max_length=40, blank=True, default="7, 2")
    goes_at = models.DateTimeField(null=True, blank=True)  # what the tick waits for
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    # Of those alone who were chosen on the roster, whatever the segment
    is_by_name = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("wave of invitations")
        verbose_name_plural = _("waves of invitations")
        constraints = [
            models.UniqueConstraint(fields=["kickoff", "name"], name="events_wave_one_per_name"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(goes_at__isnull=False),
                name="events_wave_sent_was_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def answer_by_at(self) -> datetime:
        """The first moment at which it is too late to say yes."""
        return end_of(self.deadline_date, self.kickoff.zone)

    @property
    def days_to_remind(self) -> list[int]:
        return rules.read_days(self.remind_days)

    def people(self, at: datetime) -> AttendeeQuerySet:
        """Those chosen for it, and those of its segment whom no other wave has."""
        wanted = Q(invited_by__wave=self)
        if not self.is_by_name:
            part = self.who() & (Q(person__team=self.team_id) if self.team_id else Q())
            wanted |= part & Q(invited_by=None)
        return Attendee.objects.filter(wanted, kickoff=self.kickoff_id).still_here(at)

    def to_invite(self, at: datetime) -> AttendeeQuerySet:
        """Those of its people whom nobody has invited yet, and who have said nothing unasked."""
        return self.people(at).filter(invited_at=None, answered_at=None)


class Invited(models.Model):
    """Somebody whom a wave invited, or was chosen to invite once it goes out: one wave each."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="invited")
    attendee = models.OneToOneField(Attendee, models.CASCADE, related_name="invited_by")

    class Meta:
        verbose_name = _("somebody invited")
        verbose_name_plural = _("people invited")

    def __str__(self) -> str:
        return f"#{self.pk} {self.attendee_id}"
