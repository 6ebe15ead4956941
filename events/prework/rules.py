"""When pre-work is due, what may be handed in, and which assignment is the slow part."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TEXT_LIMIT = 5_000  # characters, a line break counting as one
LINK_LIMIT = 500
COMMENT_LIMIT = 600
BODY_LIMIT = 20_000
MOST_MINUTES = 120  # of pre-work a person, before planners are warned (ours)
ENOUGH_WATCHED = 90  # percent of a video that was seen (ours)
FASTEST = 2.0  # times the speed of the recording, the most that a player offers
SLACK_SECONDS = 30  # between two reports of a player, for what the network holds up
ENOUGH_DONE = 0.8  # of an assignment that is overdue (ours)
ASSIGN_AHEAD = timedelta(weeks=4)  # before the first day (ours)
SOON = timedelta(days=3)

_is_web_address = URLValidator(schemes=["http", "https"])


def moved_date(due: date, shift: timedelta, today: date) -> date:
    """
    The day on which what people have to do is due once the event is `shift` later.

    An earlier event makes nobody late who was not: a day that would be over is today, and one that
    is over stays.
    """
    return due + shift if shift >= timedelta(0) else min(due, max(due + shift, today))


def hired_since(today: date) -> date:
    """The day twelve months ago: whoever came after it is new."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        return date(today.year - 1, 2, 28)


def tidy_text(text: str) -> str:
    """Text as it is kept and counted: line breaks of one kind, no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_safe_link(link: str) -> bool:
    """Whether a link may be shown as one: a web address, so no script and no file."""
    if len(link) > LINK_LIMIT:
        return False
    try:
        _is_web_address(link)
        return urlsplit(link).scheme in {"http", "https"}
    except (ValueError, ValidationError):
        return False


def reminder_key(assignment_id: int, person_id: int | str = "", day: str = "") -> str:
    """
    What makes a reminder the only one of a person, assignment and day at the venue; without a day,
    or a person, how all of theirs begin.
    """
    parts = [str(part) for part in (assignment_id, person_id, day) if part != ""]
    ending = "" if day else ":"
    return f"prework:reminder:{':'.join(parts)}{ending}"


def reminder(
    *,
    title: str,
    event: str,
    place: str,
    due_date: date,
    minutes: int | None,
    is_over: bool,
    url: str,
) -> tuple[str, str]:
    """Subject and body of the message to somebody who has not done it."""
    due = date_format(due_date, "D j F")
    if is_over:
        subject = _("Still open: %(title)s") % {"title": title}
        when = _("It was due on %(due)s.") % {"due": due}
    else:
        subject = _("Due %(due)s: %(title)s") % {"due": due, "title": title}
        when = _("It is due on %(due)s, until midnight in %(place)s.") % {
            "due": due,
            "place": place,
        }
    waits = _("“%(title)s” for %(event)s waits for you.") % {"title": title, "event": event}
    parts = [waits, when]
    if minutes:
        parts.append(
            ngettext("It takes %(count)d minute.", "It takes %(count)d minutes.", minutes)
            % {"count": minutes}
        )
    return subject, f"{' '.join(parts)}\n\n{url}\n"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An assignment that the template suggests, due `before` the first day."""

    kind: str
    title: str
    instructions: str
    minutes: int
    before: timedelta
    segment_kind: str = ""
    wants_review: bool = False


def suggestions() -> list[Suggestion]:
    """The pre-work of the Acceleration Summit template."""
    return [
        Suggestion(
            "READ",
            _("Read: the big bets of the year"),
            _(
                "Read what the two or three bets are and what each asks of you every week. "
                "Bring one question: nobody should see them for the first time in the room."
            ),
            15,
            timedelta(days=18),
        ),
        Suggestion(
            "STRATEGY",
            _("Win strategy for one open deal"),
            _(
                "Choose a deal that you want to win this quarter. Say what you know of each letter "
                "of MEDDPICC and how you know it, what could stop you, and what you ask your clinic "
                "group for."
            ),
            40,
            timedelta(days=13),
            segment_kind="REP",
            wants_review=True,
        ),
        Suggestion(
            "WATCH",
            _("Watch: where the product goes this year"),
            _("A preview of the roadmap. Note what your customers have been asking for."),
            12,
            timedelta(days=11),
        ),
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one assignment, or one person, has come."""

    total: int
    done: int
    late: int = 0  # not done although the due time has passed

    @property
    def missing(self) -> int:
        return self.total - self.done

    @property
    def share(self) -> float:
        """Done as a share of all, 0 to 1; nothing to do counts as done."""
        return self.done / self.total if self.total else 1.0

    @property
    def percent(self) -> int:
        """The share in whole percent, never 100 while somebody is missing."""
        return 100 if self.done >= self.total else int(self.share * 100)


def slowest(shares: Sequence[float]) -> int | None:
    """
    The place of the assignment that holds the others back; None when none stands out.

    `shares` come in the order of the due times: slow is what lags behind something that is due
    later, not what is simply due last.
    """
    behind = [
        place
        for place, share in enumerate(shares)
        if share < ENOUGH_DONE and share < max(shares[place + 1 :], default=0)
    ]
    return min(behind, key=lambda place: shares[place], default=None)


Spans = Sequence[Sequence[float]]


def merge_spans(spans: Spans, length: float) -> list[list[int]]:
    """Seconds that were seen as spans that are apart and in order, within the length of a video."""
    merged: list[list[int]] = []
    for start, end in sorted((max(0, int(a)), min(int(b), int(length))) for a, b in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def believable(spans: Spans, elapsed_seconds: float) -> list[list[float]]:
    """
    What can have run since the last report: at the fastest speed, with some slack. What goes beyond
    is cut off, so that nobody sends a whole film at once.
    """
    left, taken = elapsed_seconds * FASTEST + SLACK_SECONDS, []
    for start, end in spans:
        seen = min(max(0.0, end - start), left)
        if seen > 0:
            taken.append([start, start + seen])
            left -= seen
    return taken


def watched_percent(spans: Spans, length: int) -> int:
    """How much of a video was seen, in whole percent; the last second rounds up to all of it."""
    seen = sum(end - start for start, end in spans)
    return 100 if seen >= length - 1 else int(100 * seen / length)


def quiz_of(question_ids: Sequence[int], count: int, seed: int) -> list[int]:
    """
    Which questions somebody gets, in which order: others in the next try where the bank has more.
    `seed` is of the person and the try, so that a page that is opened again shows the same.
    """
    chosen = list(question_ids)
    random.Random(seed).shuffle(chosen)  # noqa: S311  (an order, no secret)
    return chosen[:count]


def held_up(items: Sequence[tuple[int, bool, bool]]) -> set[int]:
    """
    Which items wait for an earlier one, where they are done in order: `items` are ids, whether it
    is done and whether it is optional, as they are due.
    """
    waiting, held = False, set()
    for item_id, is_done, is_optional in items:
        if waiting and not is_done:
            held.add(item_id)
        waiting = waiting or not (is_done or is_optional)
    return held
