from __future__ import annotations

from datetime import date, datetime
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
WAITING = Q(rsvp="WAITING")
OUT = DECLINED | WAITING  # for whom nothing is planned
HAS_SEAT = COMING | (WAITING & Q(offered_until__isnull=False))  # an offer holds its place
REP = Q(kind="REP")


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def in_segment(self, segment: Segment) -> Self:
        """The part of a roster that a segment names."""
        return self.filter(segment.who())

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
        """Those still here who have not declined and wait for no place: whom it is planned for."""
        return self.still_here(at).filter(~OUT)

    def followed_up(self, at: datetime) -> Self:
        """Of those who take part, the company's own: guests go home, and practise nothing."""
        return self.taking_part(at).filter(person__is_guest=False)

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
        WAITING = "WAITING", _("on the waiting list")  # would come, and no place is free

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.REP)
    rsvp = models.CharField(_("answer"), max_length=10, choices=Rsvp.choices, default=Rsvp.PENDING)
    invited_at = models.DateTimeField(null=True, blank=True)
    answer_by_at = models.DateTimeField(
        null=True, blank=True
    )  # from then on nobody says yes unasked
    answered_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)  # a place of the waiting list
    passed_at = models.DateTimeField(null=True, blank=True)  # when an offer lapsed
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
            models.CheckConstraint(
                condition=Q(offered_until=None) | Q(rsvp="WAITING"),
                name="events_attendee_offer_is_to_who_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"

    @property
    def answer_by_date(self) -> date | None:
        """The last day on which somebody says yes by themselves, at the venue; None for any."""
        if self.answer_by_at is None:
            return None
        return self.kickoff.local_date(self.answer_by_at - datetime.resolution)

    @property
    def seen(self) -> str:
        """A mark of what planners change: who saw another one has not seen the last change."""
        return mark_of(self.kind, self.rsvp)

    @property
    def row(self) -> str:
        """How the tick of this row names it."""
        return f"{self.pk}-{self.seen}"


class Places(models.Model):
    """
    How many places a kickoff has: in all, for a role, or for a region; without a limit it only says
    who comes first on the waiting list, by `rank`, 1 being the first. The row of all holds the rest:
    `hours` for which an offer stands, and `turn`, by which one answer is decided after the other.
    """

    kickoff_id: int
    region_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=10, choices=Attendee.Kind.choices, blank=True)
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="+")
    limit = models.PositiveIntegerField(_("places"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=99)
    hours = models.PositiveSmallIntegerField(_("hours to accept"), default=48)
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "kind"],
                condition=Q(region=None),
                name="events_places_one_per_kind",
            ),
            models.UniqueConstraint(
                fields=["kickoff", "region"],
                condition=Q(kind=""),
                name="events_places_one_per_region",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(region=None), name="events_places_kind_or_region"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind or self.region_id or 'all'}: {self.limit}"


class SeatRequest(models.Model):
    """
    Somebody who is not on the roster and to whom a link was forwarded, or whom its invitee named in
    their stead: no seat before a planner decides.
    """

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="seat_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_substitute = models.BooleanField(default=False)  # named by the invitee, who does not come
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

    def who(self) -> Q:
        """Those of a roster who are in it; an empty field names everybody."""
        wanted = {
            "kind": self.segment_kind,
            "person__function": self.segment_function,
            "person__region": self.segment_region_id,
        }
        return Q(**{field: value for field, value in wanted.items() if value})

    def is_for(self, attendee: Attendee) -> bool:
        """Whether somebody on the roster is in it; `who` asks the same."""
        return (
            self.segment_kind in ("", attendee.kind)
            and self.segment_function in ("", attendee.person.function)
            and self.segment_region_id in (None, attendee.person.region_id)
        )
