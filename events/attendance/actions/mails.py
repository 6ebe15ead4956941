"""The mails about a roster: asking whether people come, and what they have answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.figures import day, moment
from events.attendance import queries
from events.attendance.models import Attendee, SeatRequest
from events.attendance.rules import wording
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind

INVITED = Kind(
    "attendance.invited",
    gettext_lazy("You are invited to a kickoff"),
    gettext_lazy("Say whether you come"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("Rooms and flights are booked by your answer."),
)
ANSWERED = Kind(
    "attendance.answered",
    gettext_lazy("What you said of a kickoff is noted"),
    gettext_lazy("See or change it"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("Somebody else may have answered by your link."),
)
DECIDED = Kind(
    "attendance.decided",
    gettext_lazy("A planner has decided on a place that you asked for"),
    gettext_lazy("Open"),
    Delivery.AT_ONCE,
)
OFFERED = Kind(
    "attendance.offered",
    gettext_lazy("A place of the waiting list"),
    gettext_lazy("Take the place"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("The place goes to the next person if you do not take it."),
)
SUBJECT = gettext_lazy("Are you coming to {kickoff}?")
BODY = gettext_lazy(
    "Hello {first_name},\n\n"
    "you are invited to {kickoff}: {dates}, {place}.\n\n"
    "Say whether you come by {deadline}: {link}\n\n"
    "The link is yours alone: whoever has it can answer for you.\n"
)


def mark_invited(
    attendees: Sequence[Attendee], at: datetime, answer_by_at: datetime | None = None
) -> None:
    """Note that people are invited, in their rows and the database; their links hold from here."""
    for one in attendees:
        one.invited_at, one.answer_by_at = at, answer_by_at
    rows = Attendee.objects.filter(pk__in=[one.pk for one in attendees])
    rows.update(invited_at=at, answer_by_at=answer_by_at)


def invitation(
    attendee: Attendee, *, subject: str = "", body: str = "", again: str = ""
) -> NoticeDraft:
    """
    The mail that asks whether somebody comes, in these words or the usual ones; `again` tells apart
    those that ask once more. A body without {link} ends with it.
    """
    kickoff, person = attendee.kickoff, attendee.person
    said = fields(attendee)
    text = body or str(BODY)
    if "{link}" not in text:
        text = text.rstrip() + "\n\n" + _("Say whether you come: %(link)s") % {"link": "{link}"}
    return NoticeDraft(
        kind=INVITED,
        place=place_of(kickoff),
        key=f"invitation:{kickoff.pk}:{person.pk}{again}",
        person=person,
        subject=wording.fill(subject or str(SUBJECT), said),
        body=wording.fill(text, said),
    )


def answered(attendee: Attendee, at: datetime) -> NoticeDraft:
    """The mail that says what is noted of somebody who did not sign in to say it."""
    kickoff = attendee.kickoff
    calendar = reverse("events:calendar_by_link", args=[queries.answer_token(attendee)])
    shown = fields(attendee) | {
        "answer": attendee.get_rsvp_display(),
        "calendar": urljoin(settings.SITE_URL, calendar),
    }
    text = _(
        "Hello %(first_name)s,\n\n"
        "your answer for %(kickoff)s, %(dates)s, is noted: %(answer)s.\n\n"
        "Was it not you, or has it changed? %(link)s\n\n"
        "The days for your calendar: %(calendar)s\n"
    )
    return NoticeDraft(
        kind=ANSWERED,
        place=place_of(kickoff),
        key=f"answered:{attendee.pk}:{at:%Y%m%d%H%M%S%f}",
        person=attendee.person,
        subject=_("%(kickoff)s: %(answer)s") % shown,
        body=text % shown,
    )


def offered(attendee: Attendee) -> NoticeDraft:
    """The mail that offers a place to somebody on the waiting list."""
    kickoff, until = attendee.kickoff, attendee.offered_until
    assert until is not None  # noqa: S101  (an offer has an end)
    shown = fields(attendee) | {"until": moment(until, kickoff.zone)}
    text = _(
        "Hello %(first_name)s,\n\n"
        "a place at %(kickoff)s, %(dates)s, is free, and yours until %(until)s.\n\n"
        "Take it, or leave it to the next one: %(link)s\n"
    )
    return NoticeDraft(
        kind=OFFERED,
        place=place_of(kickoff),
        key=f"seat-offered:{attendee.pk}:{until:%Y%m%d%H%M%S}",
        person=attendee.person,
        subject=_("A place at %(kickoff)s, until %(until)s") % shown,
        body=text % shown,
    )


def lapsed(attendee: Attendee, at: datetime) -> NoticeDraft:
    """What somebody is told whose offer has lapsed."""
    kickoff, shown = attendee.kickoff, fields(attendee)
    text = _(
        "Hello %(first_name)s,\n\nthe place at %(kickoff)s that was kept for you went to the next one."
        " You stay on the waiting list; ask the planners if you want to come: %(link)s\n"
    )
    return NoticeDraft(
        kind=OFFERED,
        place=place_of(kickoff),
        key=f"seat-lapsed:{attendee.pk}:{at:%Y%m%d%H%M%S}",
        person=attendee.person,
        subject=_("The place at %(kickoff)s went on") % shown,
        body=text % shown,
    )


def no_seat(request: SeatRequest) -> NoticeDraft:
    """The mail to somebody who asked for a place by a forwarded link, and gets none."""
    kickoff = request.attendee.kickoff
    shown = {"name": request.person.display_name, "kickoff": kickoff.name}
    text = _(
        "Hello %(name)s,\n\nthere is no place for you at %(kickoff)s. The planners decided so; ask"
        " them if that is a mistake.\n"
    )
    return NoticeDraft(
        kind=DECIDED,
        place=place_of(kickoff),
        key=f"seat-refused:{request.pk}",
        person=request.person,
        subject=_("No place at %(kickoff)s") % shown,
        body=text % shown,
    )


def fields(attendee: Attendee) -> dict[str, str]:
    """What the fields of a wording say to one person."""
    kickoff, person = attendee.kickoff, attendee.person
    return {
        "first_name": wording.first_name(person.full_name, person.preferred_name),
        "name": person.full_name,
        "kickoff": kickoff.name,
        "dates": _dates(kickoff),
        "place": where(kickoff) or kickoff.get_format_display(),
        "deadline": day(attendee.answer_by_date or kickoff.starts_date, "long"),
        "link": queries.answer_url(attendee),
    }


def where(kickoff: Kickoff) -> str:
    """Venue and city, as far as they are known."""
    return ", ".join(part for part in (kickoff.venue, kickoff.city) if part)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about a roster, for the page that shows them."""
    asked = Attendee(pk=0, kickoff=invented(), person=someone(), rsvp=Attendee.Rsvp.YES)
    yield invitation(asked)
    yield answered(asked, datetime(2027, 1, 12, tzinfo=UTC))
    asked.offered_until = datetime(2027, 1, 14, 18, tzinfo=UTC)
    yield offered(asked)
    yield lapsed(asked, asked.offered_until)
    yield no_seat(SeatRequest(pk=0, attendee=asked, person=someone()))


def _dates(kickoff: Kickoff) -> str:
    if kickoff.starts_date == kickoff.ends_date:
        return day(kickoff.starts_date, "long")
    return _("%(first)s to %(last)s") % {
        "first": day(kickoff.starts_date, "long"),
        "last": day(kickoff.ends_date, "long"),
    }
