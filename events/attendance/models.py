from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.lists.rules import mark_of
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.models import Region
from people.org.queries import here

# What the words mean that count people of a roster who are still here
ASKED = ~Q(invited_at=None, answered_at=None)
COMING, DECLINED, PENDING = Q(rsvp="YES"), Q(rsvp="NO"), Q(rsvp="PENDING")
REP = Q(kind="REP")


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def in_segment(self, segment: Segment) -> Self:
        """The part of a roster that a segment names; an empty field names everybody."""
        wanted = {
            "kind": segment.segment_kind,
            "person__function": segment.segment_function,
            "person__region": segment.segment_region_id,
        }
        return self.filter(**{field: value for field, value in wanted.items() if value})

    def still_here(self, at: datetime) -> Self:
        """Those who have not left the company: whom counts, mails and duties are for."""
        return self.filter(here(at, "person"))

    def invited(self, at: datetime) -> Self:
        """Those still here who were asked whether they come, or have said so unasked."""
        return self.still_here(at).filter(ASKED)

    def coming(self, at: datetime) -> Self:
        """Those still here who have said that they come."""
        return self.still_here(at).filter(COMING)

    def taking_part(self, at: datetime) -> Self:
        """Those still here who have not declined: whom the event is planned for."""
        return self.still_here(at).filter(~DECLINED)

    def receiving_packets(self, at: datetime) -> Self:
        """The reps who are still here, whether or not they come: a packet is owed to each."""
        return self.still_here(at).carrying_quota()

    def carrying_quota(self) -> Self:
        """
        The reps on a roster, those who have left too: for plans, which have years of their own,
        and for records. What is counted is `receiving_packets`.
        """
        return self.filter(REP)


class Attendee(models.Model):
    """One person on the roster of one kickoff."""

    class Kind(models.TextChoices):
        REP = "REP", _("rep")  # carries a quota, receives a packet
        MANAGER = "MANAGER", _("manager")
        STAFF = "STAFF", _("staff")  # enablement, RevOps, marketing, product …
        SPEAKER = "SPEAKER", _("speaker")
        GUEST = "GUEST", _("guest")

    class Rsvp(models.TextChoices):
        PENDING = "PENDING", _("not answered")
        YES = "YES", _("coming")
        NO = "NO", _("not coming")

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.REP)
    rsvp = models.CharField(_("answer"), max_length=10, choices=Rsvp.choices, default=Rsvp.PENDING)
    invited_at = models.DateTimeField(null=True, blank=True)
    answer_by_at = models.DateTimeField(
        null=True, blank=True
    )  # from then on nobody says yes unasked
    answered_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        ordering = ["person__full_name", "pk"]
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person"], name="events_attendee_once_per_kickoff"
            ),
            models.CheckConstraint(
                condition=Q(rsvp="PENDING") | Q(answered_at__isnull=False),
                name="events_attendee_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"

    @property
    def seen(self) -> str:
        """A mark of what planners change: who saw another one has not seen the last change."""
        return mark_of(self.kind, self.rsvp)

    @property
    def row(self) -> str:
        """How the tick of this row names it."""
        return f"{self.pk}-{self.seen}"


class SeatRequest(models.Model):
    """
    Somebody to whom a link was forwarded, who is not on the roster and asks for a place: no seat
    before a planner decides.
    """

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="seat_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_granted = models.BooleanField(default=False)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for a place")
        verbose_name_plural = _("requests for a place")
        constraints = [
            models.UniqueConstraint(
                fields=["attendee", "person"], name="events_seatrequest_once_per_link"
            ),
            models.CheckConstraint(
                condition=Q(is_granted=False) | Q(decided_at__isnull=False),
                name="events_seatrequest_granted_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class Segment(models.Model):
    """Whom something is for: everybody on the roster, or those of one kind, function, region."""

    segment_region_id: int | None

    segment_kind = models.CharField(
        _("only"), max_length=10, choices=Attendee.Kind.choices, blank=True
    )
    segment_function = models.CharField(
        _("only this function"), max_length=20, choices=Person.Function.choices, blank=True
    )
    segment_region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only this region"),
    )

    class Meta:
        abstract = True

    def is_for(self, attendee: Attendee) -> bool:
        """Whether somebody on the roster is in it; `AttendeeQuerySet.in_segment` asks the same."""
        return (
            self.segment_kind in ("", attendee.kind)
            and self.segment_function in ("", attendee.person.function)
            and self.segment_region_id in (None, attendee.person.region_id)
        )
