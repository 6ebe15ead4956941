"""My kickoff: what is next for me in any kickoff, then all that is mine in this one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.queries.released import Shown, day_for, next_for
from agenda.sessions.rules import agenda_day
from core.minute import for_a_minute
from core.ui import figures
from events.bets.models import BigBet
from events.commitments.models import Commitment
from events.commitments.queries import plan_words
from events.kickoff.models import Kickoff
from events.packets.coverage.queries.board import countdown, is_on
from events.packets.coverage.queries.counts import coverage_of
from events.packets.delivery.queries import PacketState, my_packet_state
from events.prework.models import PreworkItem
from events.prework.queries import prework_for
from people.accounts.models import Person
from people.waiting.queries import waiting_for_one
from people.waiting.rules import Waiting, row_of
from reinforcement.touches.queries import Mine
from reinforcement.touches.queries import mine as touches_of

SOON = timedelta(hours=1)
PAST_SHOWN, AHEAD_SHOWN = 1, 6  # sessions of the day, around now
ON_CARDS = ("prework.", "packets.", "touches.")  # kinds that the page shows with their progress
MEETINGS = ("reviews.soon", "clinics.")


@dataclass(frozen=True, slots=True)
class NextThing:
    """The one thing to do now: the night panel. `badge` is the few words in the marker."""

    badge: str
    when: str
    title: str
    facts: list[tuple[str, str]]
    url: str
    button: str
    item: Waiting | None = None  # what of the things that wait it is


@dataclass(frozen=True, slots=True)
class Signing:
    """How far everybody's receipts have come while the event is on, and how long it still is."""

    signed: int
    total: int
    to_go: str


@dataclass(frozen=True, slots=True)
class MyKickoff:
    """What one person sees of one kickoff at one moment. `waits` is of all kickoffs, in order."""

    day: date
    sessions: list[Shown]
    prework: list[PreworkItem]
    packet: PacketState | None
    bets: list[BigBet]
    plan: list[Commitment]
    touches: Mine
    waits: list[Waiting]
    key: str
    signing: Signing | None = None

    def around(self, at: datetime) -> list[Shown]:
        """The sessions around a moment: the last one over, what runs, and the next few."""
        over = [one for one in self.sessions if one.ends_at <= at]
        left = [one for one in self.sessions if one.ends_at > at]
        return over[-PAST_SHOWN:] + left[:AHEAD_SHOWN]

    def meeting_soon(self, at: datetime) -> Waiting | None:
        """What runs or begins within the hour and waits with its own page: a review, one's clinic."""
        soon = (
            item
            for item in self.waits
            if item.kind.startswith(MEETINGS) and item.due_at and item.due_at - at <= SOON
        )
        return next(soon, None)

    def beside(self, next_one: NextThing | None) -> list[Waiting]:
        """What waits besides the next thing and has no card on the page, of any kickoff."""
        shown = next_one.item if next_one else None
        return [
            item
            for item in self.waits
            if item is not shown
            and (item.place_key != self.key or not item.kind.startswith(ON_CARDS))
        ]

    @property
    def prework_done(self) -> int:
        return sum(item.is_done for item in self.prework)


def my_kickoff(person: Person, kickoff: Kickoff, at: datetime) -> MyKickoff:
    """Everything of a person's home page."""
    today = agenda_day(at, kickoff.zone)
    day = min(max(today, kickoff.starts_date), kickoff.ends_date)
    is_over = today > kickoff.ends_date
    plan = plan_words(person, kickoff)
    return MyKickoff(
        day=day,
        sessions=[] if is_over else day_for(person, kickoff, day),
        prework=[] if is_over else prework_for(person, kickoff),
        packet=my_packet_state(person, kickoff),
        bets=[] if plan else list(kickoff.bets.order_by("position")),
        plan=plan,
        touches=touches_of(person, kickoff, at) if is_over else Mine([], [], []),
        waits=waiting_for_one(person, at),
        key=kickoff.slug,
        signing=signing_of(kickoff, at),
    )


@for_a_minute
def signing_of(kickoff: Kickoff, at: datetime) -> Signing | None:
    """The countdown that everybody sees: counts, nobody's name, no figure. Two queries."""
    if not is_on(kickoff, at):
        return None
    packets = coverage_of(kickoff, at)
    left = countdown(kickoff, packets, at)
    return Signing(packets.all.signed, packets.all.total, left) if left else None


def now_line(seen: MyKickoff, at: datetime) -> int | None:
    """Before which session of the day the line of now is drawn; None when it would be an end."""
    shown = seen.around(at)
    ahead = [one.id for one in shown if one.starts_at > at]
    return ahead[0] if ahead and len(ahead) < len(shown) else None


def next_thing(person: Person, kickoff: Kickoff, seen: MyKickoff, at: datetime) -> NextThing | None:
    """
    During the event what runs or begins within the hour: a review or one's clinic, else a session;
    else what waits first at any kickoff; else the next session.
    """
    today = agenda_day(at, kickoff.zone)
    is_on = kickoff.starts_date <= today <= kickoff.ends_date
    session = _next_session(person, kickoff, seen, at) if is_on else None
    meeting = seen.meeting_soon(at)
    if meeting is not None and (session is None or _starts(meeting) <= session.starts_at):
        return _about_item(meeting, kickoff, at)
    if session is not None and session.starts_at - at <= SOON:
        return _about_session(session, kickoff, at)
    if seen.waits:
        return _about_item(seen.waits[0], kickoff, at)
    if session is None and today < kickoff.starts_date and seen.sessions:
        session = seen.sessions[0]
    return None if session is None else _about_session(session, kickoff, at)


def _next_session(person: Person, kickoff: Kickoff, seen: MyKickoff, at: datetime) -> Shown | None:
    """What runs now or comes next today; only when today holds no more, the days after."""
    left = [one for one in seen.sessions if one.ends_at > at]
    if left:
        return min(left, key=lambda one: (one.starts_at, not one.part_of(person)))
    if agenda_day(at, kickoff.zone) == kickoff.ends_date:
        return None
    return next_for(person, kickoff, at).next


def _starts(meeting: Waiting) -> datetime:
    return meeting.due_at or meeting.since


def _until(starts_at: datetime, at: datetime) -> str:
    minutes = int((starts_at - at).total_seconds() // 60)
    if minutes < 0:
        return _("now")
    if minutes < 100:
        return ngettext("in %(count)d min", "in %(count)d min", minutes) % {"count": minutes}
    return _("next")


def _about_session(session: Shown, kickoff: Kickoff, at: datetime) -> NextThing:
    facts = [(_("Where"), session.where), (_("With"), ", ".join(session.names))]
    return NextThing(
        badge=_until(session.starts_at, at),
        when=figures.moment(session.starts_at, kickoff.zone),
        title=session.title,
        facts=[(term, text) for term, text in facts if text],
        url=reverse("agenda:sessions:released", args=[kickoff.slug, session.id]),
        button=_("Open the session"),
    )


def _about_item(item: Waiting, kickoff: Kickoff, at: datetime) -> NextThing:
    row = row_of(item, at, kickoff.zone)
    badge, by_when = _("next"), row.words
    if item.is_late(at):
        badge = _("late")
    elif item.due_at is not None and item.due_at - at <= SOON:
        badge, by_when = _until(item.due_at, at), figures.moment(item.due_at, kickoff.zone)
    elsewhere = item.place.label if item.place and item.place.key != kickoff.slug else ""
    return NextThing(
        badge=badge,
        when=" · ".join(filter(None, [by_when, item.note])),
        title=item.title,
        facts=[(_("At"), elsewhere)] if elsewhere else [],
        url=item.url,
        button=item.button or _("Open it"),
        item=item,
    )
