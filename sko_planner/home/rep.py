"""My kickoff: what is next for me, then what I have to do, in at most sixteen SQL queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.queries.released import Shown, day_for, next_for
from agenda.sessions.rules import agenda_day
from core.ui import figures
from events.bets.models import BigBet
from events.bets.queries import bets_of
from events.kickoff.models import Kickoff
from events.packets.coverage.queries.board import countdown, is_on
from events.packets.coverage.queries.counts import coverage_of
from events.packets.delivery.queries import PacketState, my_packet_state
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.queries import News, news_for
from events.prework.models import PreworkItem
from events.prework.queries import prework_for
from people.accounts.models import Person
from reinforcement.touches.models import Touch
from reinforcement.touches.queries import Mine
from reinforcement.touches.queries import mine as touches_of

SOON = timedelta(hours=1)
PAST_SHOWN, AHEAD_SHOWN = 1, 6  # sessions of the day, around now


@dataclass(frozen=True, slots=True)
class NextThing:
    """The one thing to do now: the night panel. `badge` is the few words in the marker."""

    badge: str
    when: str
    title: str
    facts: list[tuple[str, str]]
    url: str
    button: str


@dataclass(frozen=True, slots=True)
class Signing:
    """How far everybody's receipts have come while the event is on, and how long it still is."""

    signed: int
    total: int
    to_go: str


@dataclass(frozen=True, slots=True)
class MyKickoff:
    """What one person sees of one kickoff at one moment."""

    day: date
    sessions: list[Shown]
    prework: list[PreworkItem]
    packet: PacketState | None
    bets: list[BigBet]
    touches: Mine
    signing: Signing | None = None
    news: News | None = None

    def around(self, at: datetime) -> list[Shown]:
        """The sessions around a moment: the last one over, what runs, and the next few."""
        over = [one for one in self.sessions if one.ends_at <= at]
        left = [one for one in self.sessions if one.ends_at > at]
        return over[-PAST_SHOWN:] + left[:AHEAD_SHOWN]

    @property
    def prework_done(self) -> int:
        return sum(item.is_done for item in self.prework)


def my_kickoff(person: Person, kickoff: Kickoff, at: datetime) -> MyKickoff:
    """Everything of a person's home page."""
    today = agenda_day(at, kickoff.zone)
    day = min(max(today, kickoff.starts_date), kickoff.ends_date)
    is_over = today > kickoff.ends_date
    sessions = [] if is_over else day_for(person, kickoff, day)
    packet = my_packet_state(person, kickoff)
    return MyKickoff(
        day=day,
        sessions=sessions,
        prework=[] if is_over else prework_for(person, kickoff),
        packet=packet,
        bets=bets_of(kickoff),
        touches=touches_of(person, kickoff, at) if is_over else Mine([], [], []),
        signing=signing_of(kickoff, at),
        news=news_for(kickoff, person, at) if packet else None,
    )


def signing_of(kickoff: Kickoff, at: datetime) -> Signing | None:
    """The countdown that everybody sees: counts, nobody's name, no figure. Two queries."""
    if not is_on(kickoff, at):
        return None
    packets = coverage_of(kickoff)
    left = countdown(kickoff, packets, at)
    return Signing(packets.all.signed, packets.all.total, left) if left else None


def now_line(seen: MyKickoff, at: datetime) -> int | None:
    """Before which session of the day the line of now is drawn; None when it would be an end."""
    shown = seen.around(at)
    ahead = [one.id for one in shown if one.starts_at > at]
    return ahead[0] if ahead and len(ahead) < len(shown) else None


def next_thing(person: Person, kickoff: Kickoff, seen: MyKickoff, at: datetime) -> NextThing | None:
    """
    During the event the review with the manager, or a session, that runs or begins within the
    hour; else what is due first: a follow-up, pre-work, the packet; else the next session.
    """
    today = agenda_day(at, kickoff.zone)
    is_on = kickoff.starts_date <= today <= kickoff.ends_date
    session = _next_session(person, kickoff, seen, at) if is_on else None
    review = _review_soon(seen, at)
    if review is not None and (session is None or review.starts_at <= session.starts_at):
        return _about_review(review, kickoff, at)
    if session is not None and session.starts_at - at <= SOON:
        return _about_session(session, kickoff, at)
    if seen.touches.next is not None:
        return _about_touch(seen.touches.next, kickoff, at)
    open_items = [item for item in seen.prework if not item.is_done]
    if open_items and not is_on:
        return _about_prework(open_items[0], kickoff, at)
    if seen.packet is not None and not seen.packet.is_signed:
        return _about_packet(seen.packet, kickoff)
    if open_items:
        return _about_prework(open_items[0], kickoff, at)
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


def _review_soon(seen: MyKickoff, at: datetime) -> ReviewSlot | None:
    review = seen.news.review if seen.news else None
    return review if review is not None and review.starts_at - at <= SOON else None


def _about_review(review: ReviewSlot, kickoff: Kickoff, at: datetime) -> NextThing:
    return NextThing(
        badge=_until(review.starts_at, at),
        when=figures.moment(review.starts_at, kickoff.zone),
        title=_("Review your packet with your manager"),
        facts=[(_("Where"), review.place), (_("With"), review.manager.full_name)],
        url=reverse("events:packets:inquiries:review", args=[kickoff.slug]),
        button=_("Open the review"),
    )


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


def _about_touch(touch: Touch, kickoff: Kickoff, at: datetime) -> NextThing:
    late = touch.is_late(at)
    return NextThing(
        badge=_("late") if late else _("due"),
        when=_("by %(when)s") % {"when": figures.day(touch.overdue_at.astimezone(kickoff.zone))},
        title=touch.activity.title,
        facts=[(_("What"), str(touch.activity.get_kind_display()))],
        url=reverse("reinforcement:touches:detail", args=[kickoff.slug, touch.pk]),
        button=_("Start"),
    )


def _about_prework(item: PreworkItem, kickoff: Kickoff, at: datetime) -> NextThing:
    assignment = item.assignment
    facts = [(_("What"), str(assignment.get_kind_display()))]
    if assignment.minutes:
        facts.append(
            (
                _("Takes"),
                ngettext("%(count)d minute", "%(count)d minutes", assignment.minutes)
                % {"count": assignment.minutes},
            )
        )
    return NextThing(
        badge=_("late") if assignment.is_over(at) else _("next"),
        when=_("due %(day)s") % {"day": figures.day(assignment.due_date)},
        title=assignment.title,
        facts=facts,
        url=reverse("events:prework:item", args=[kickoff.slug, item.pk]),
        button=_("Open it"),
    )


def _about_packet(packet: PacketState, kickoff: Kickoff) -> NextThing:
    return NextThing(
        badge=_("next"),
        when=_("before you leave, %(day)s") % {"day": figures.day(kickoff.ends_date)},
        title=_("Read your packet and sign the receipt"),
        facts=[
            (_("Holds"), _("your territory, quota and comp plan")),
            (_("Applies"), _("from %(day)s") % {"day": figures.day(packet.effective_from, "long")}),
        ],
        url=reverse("events:packets:delivery:mine", args=[kickoff.slug]),
        button=_("Open my packet"),
    )
