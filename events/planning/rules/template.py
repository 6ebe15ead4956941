"""The timeline of the Acceleration Summit template."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from django.utils.translation import gettext as _

from events.planning.rules.offsets import CountsFrom, Offset, Unit

WHOLE_WEEKS, HALF = 26, 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    A task that the template suggests. `workstream` is a value of `models.Workstream`, `takes_days`
    working days, none where it is a moment; it begins after the suggestion that is named `after`.
    """

    workstream: str
    title: str
    weeks_before: int | None = None
    days_after: int | None = None
    takes_days: int = 5
    name: str = ""
    after: str = ""
    may_drop: bool = False  # the first to go where time is short
    working_days: int | None = None  # before the first day, where the template was compressed

    @property
    def offset(self) -> Offset:
        """What its date counts from."""
        if self.working_days is not None:
            return Offset(self.working_days, Unit.WORKING_DAYS)
        if self.weeks_before is not None:
            return Offset(self.weeks_before)
        return Offset(self.days_after or 0, Unit.DAYS, CountsFrom.AFTER_EVENT)


@dataclass(frozen=True, slots=True)
class Compressed:
    """The template for the time that is left, and what of it there is no time for."""

    kept: Sequence[Suggestion]
    dropped: Sequence[Suggestion]


def compressed(days_left: int) -> Compressed:
    """
    The template where `days_left` working days are left before the first day: as it is from 26
    weeks on, or where the event has begun; else all before the event in proportion, so that nothing
    is late at once. Below half of the time, what may be dropped is.
    """
    everything = suggestions()
    share = days_left / (WHOLE_WEEKS * 5)
    if not 0 < share < 1:
        return Compressed(everything, [])
    dropped = [one for one in everything if one.may_drop and share < HALF]
    # What waited for a task that is dropped waits for what that one waited for
    instead = {one.name: one.after for one in dropped if one.name}
    kept = []
    for one in everything:
        if one in dropped:
            continue
        after = one.after
        while after in instead:
            after = instead[after]
        one = replace(one, after=after)
        if one.weeks_before is not None:
            one = replace(
                one,
                working_days=int(one.weeks_before * 5 * share),
                takes_days=ceil(one.takes_days * share),
            )
        kept.append(one)
    return Compressed(kept, dropped)


def suggestions() -> list[Suggestion]:
    """The timeline of the Acceleration Summit template, T−26 weeks to T+90 days."""
    logistics, content, word, comp = "LOGISTICS", "CONTENT", "COMMUNICATIONS", "COMP"
    return [
        Suggestion(
            logistics,
            _("Write the brief: dates, headcount, budget"),
            26,
            takes_days=5,
            name="brief",
        ),
        Suggestion(
            content,
            _("Name the two or three big bets with your sponsor"),
            24,
            takes_days=5,
            name="bets",
            after="brief",
        ),
        Suggestion(
            logistics, _("Send the venue request"), 22, takes_days=3, name="request", after="brief"
        ),
        Suggestion(
            content,
            _("Draw the agenda’s frame: days, pillars, experiential share"),
            22,
            takes_days=5,
            name="frame",
            after="bets",
        ),
        Suggestion(
            logistics,
            _("Visit the venues on the short list"),
            17,
            takes_days=10,
            name="visits",
            after="request",
            may_drop=True,
        ),
        Suggestion(
            word, _("Write the communication plan: who hears what, when, where"), 16, may_drop=True
        ),
        Suggestion(logistics, _("Sign the venue"), 13, takes_days=5, name="venue", after="visits"),
        Suggestion(
            logistics,
            _("Order AV, food and room blocks"),
            13,
            takes_days=10,
            name="av",
            after="visits",
        ),
        Suggestion(
            content,
            _("Start the content: one owner and one outcome a session"),
            13,
            takes_days=10,
            name="content",
            after="frame",
        ),
        Suggestion(
            word,
            _("Send the save-the-date"),
            12,
            takes_days=2,
            name="save",
            after="venue",
            may_drop=True,
        ),
        Suggestion(content, _("Book panel customers: a promoter, a neutral, a detractor"), 10),
        Suggestion(
            word,
            _("Open registration and invite people"),
            9,
            takes_days=3,
            name="registration",
            after="save",
        ),
        Suggestion(
            content,
            _("Confirm every speaker and facilitator"),
            8,
            takes_days=10,
            name="speakers",
            after="content",
        ),
        Suggestion(
            comp, _("Have the comp plan locked by CRO and CFO"), 8, takes_days=5, name="locked"
        ),
        Suggestion(
            comp,
            _("Model the comp plan at 50, 100 and 150% attainment"),
            7,
            takes_days=3,
            name="modelled",
            after="locked",
        ),
        Suggestion(
            comp,
            _("Have the comp expense signed by the CFO"),
            6,
            takes_days=3,
            name="expense",
            after="modelled",
        ),
        Suggestion(
            comp, _("Write the comp documents"), 5, takes_days=3, name="documents", after="expense"
        ),
        Suggestion(content, _("Choose two wins and one loss, and interview their customers"), 5),
        Suggestion(content, _("Audit performance and run the skills survey"), 4, may_drop=True),
        Suggestion(
            comp,
            _("Hand out packets, 30 days before the plan takes effect"),
            4,
            takes_days=3,
            name="packets",
            after="documents",
        ),
        Suggestion(word, _("Send pre-work with its due dates"), 4),
        Suggestion(
            content,
            _("Review every speaker’s draft, never on site"),
            3,
            takes_days=5,
            name="drafts",
            after="speakers",
        ),
        Suggestion(
            word,
            _("Send “What to expect”: travel, dress, what to bring"),
            2,
            takes_days=3,
            after="registration",
        ),
        Suggestion(
            logistics,
            _("Give the hotel the final room list"),
            2,
            takes_days=2,
            after="registration",
        ),
        Suggestion(
            content,
            _("Run the dry run with every speaker"),
            1,
            takes_days=2,
            name="rehearsed",
            after="drafts",
        ),
        Suggestion(
            logistics,
            _("Freeze the agenda and write the run of show"),
            1,
            takes_days=3,
            name="frozen",
            after="drafts",
        ),
        Suggestion(
            logistics,
            _("Walk through every room: doors, mic check, transitions"),
            0,
            takes_days=0,
            after="frozen",
        ),
        Suggestion(word, _("Send the wrap-up and the survey"), days_after=1, takes_days=0),
        Suggestion(content, _("Day 30: read what people remember"), days_after=30, takes_days=0),
        Suggestion(
            content, _("Day 60: read what people apply in their deals"), days_after=60, takes_days=0
        ),
        Suggestion(
            content, _("Day 90: report field results to the sponsor"), days_after=90, takes_days=0
        ),
    ]
