from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.due.rules import end_of
from core.guards.watching import Watch
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.kickoff.queries import place, place_of
from events.packets.delivery.models import Packet, PacketVersion
from events.packets.delivery.waiting import RELEASED_TO
from events.packets.records.models import Handout, LegalHold
from events.packets.records.rules.retention import years_after
from people.accounts.models import Person
from people.waiting.rules import Waiting

ANYWHERE = timedelta(days=2)  # a day that is so long over is over in every zone

WATCHED = (
    Watch("events_handout", "{row}.requested_by_id"),
    Watch("events_packet", "{row}.rep_id"),
    Watch("events_packetversion", RELEASED_TO),
    Watch("events_attendee", "{row}.person_id"),
    Watch("events_kickoff", "SELECT rep_id FROM events_packet WHERE kickoff_id = {row}.id"),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Downloads that are ready for whoever asked for them, until they fetch them or they are deleted;
    for RevOps, how many versions of a kickoff have been kept for long enough. Two queries.
    """
    yield from _downloads(people, at)
    if revops := [person for person in people if person.is_revops]:
        yield from _kept_too_long(revops, at)


def _downloads(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    # The page of one's own files is a page of any kickoff in which one has a packet
    own = Packet.objects.filter(
        Exists(Attendee.objects.filter(kickoff=OuterRef("kickoff"), person=OuterRef("rep"))),
        rep=OuterRef("rep"),
        kickoff__in=Kickoff.objects.shown_to_people(),
    ).order_by("-pk")
    revops = [person for person in people if person.is_revops]
    # Any, since the annotation is no field of the model
    ready: Any = (
        Handout.objects.filter(
            Q(kind=Handout.Kind.COUNSEL, requested_by__in=revops)
            | Q(kind=Handout.Kind.OWN, rep__in=people, requested_by=F("rep")),
            state=Handout.State.READY,
            expires_at__gt=at,
            downloads=0,
        )
        .exclude(pk__in=Handout.objects.overtaken().values("pk"))
        .annotate(own_slug=Subquery(own.values("kickoff__slug")[:1]))
        .select_related("kickoff")
    )
    return (
        _download(handout) for handout in ready if handout.kickoff is not None or handout.own_slug
    )


def _download(handout: Any) -> Waiting:
    kickoff = handout.kickoff
    return Waiting(
        person_id=handout.requested_by_id,
        kind="records.ready",
        title=_("Download the export for counsel") if kickoff else _("Download your packets"),
        url=reverse("events:packets:records:exports", args=[kickoff.slug])
        if kickoff
        else reverse("events:packets:records:mine", args=[handout.own_slug]),
        button=_("Open"),
        since=handout.ready_at,
        due_at=handout.expires_at,
        until=handout.expires_at,
        place=place_of(kickoff) if kickoff else None,
        is_private=True,
    )


def _kept_too_long(revops: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """As `rules.retention` has it, and archived kickoffs above all."""
    day = years_after((at - ANYWHERE).date(), -settings.PACKET_RETENTION_YEARS)
    since = datetime.combine(day, time(0), tzinfo=UTC)
    ended = Q(superseded_at__lt=since) | Q(superseded_at=None, effective_to__lt=day)
    signed = Q(received_at=None) | Q(received_at__lt=since)
    held = LegalHold.objects.in_force().filter(packet=OuterRef("packet"))
    due = (
        PacketVersion.objects.released()
        .filter(ended, signed, ~Exists(held), released_at__lt=since, shredded_at=None)
        .order_by()
        .values(slug=F("packet__kickoff__slug"), label=F("packet__kickoff__name"))
        .annotate(
            count=Count("pk"),
            replaced=Min("superseded_at"),
            over=Min("effective_to", filter=Q(superseded_at=None)),
        )
    )
    for row in due:
        title = ngettext(
            "Delete %(count)d version that was kept for long enough",
            "Delete %(count)d versions that were kept for long enough",
            row["count"],
        )
        for person in revops:
            yield Waiting(
                person_id=person.pk,
                kind="records.due",
                title=title % {"count": row["count"]},
                url=reverse("events:packets:records:retention", args=[row["slug"]]),
                button=_("Open"),
                since=_kept_until(row),
                place=place(row["slug"], row["label"]),
                count=row["count"],
                is_private=True,
            )


def _kept_until(row: Mapping[str, Any]) -> datetime:
    """When the first of some versions had been kept for long enough."""
    ends = [row["over"]] if row["over"] else []
    if row["replaced"]:
        ends.append(row["replaced"].date())
    until = years_after(min(ends), settings.PACKET_RETENTION_YEARS)
    return end_of(until, UTC)
