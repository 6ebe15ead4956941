"""What is asked of those who come, as plain values: six forms, their questions, nights of rooms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Values = Mapping[str, str]
NOTHING = "none"  # of a choice: there is no need
LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Question:
    """
    One question of a form: a choice where it has `choices`, a day where `is_day`, else a text. What
    managers alone write, such as the hotel, the person reads and does not change.
    """

    key: str
    label: str | Promise
    choices: tuple[tuple[str, str | Promise], ...] = ()
    is_day: bool = False
    required: bool = False
    by_managers: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One form: what it asks, and the days after the event on which its answers are deleted."""

    label: str | Promise
    questions: tuple[Question, ...]
    keep_days: int = 14
    from_lists: bool = False  # managers take its lists in and out


_NONE = (NOTHING, _("none"))
KINDS: Mapping[str, Kind] = {
    "DIET": Kind(
        _("Diet"),
        (
            Question(
                "diet",
                _("Diet"),
                (
                    _NONE,
                    ("vegetarian", _("vegetarian")),
                    ("vegan", _("vegan")),
                    ("halal", _("halal")),
                    ("kosher", _("kosher")),
                    ("gluten-free", _("gluten-free")),
                    ("other", _("another, see below")),
                ),
                required=True,
            ),
            Question("allergies", _("Allergies, and what else the kitchen should know")),
        ),
    ),
    "ACCESS": Kind(
        _("Access"),
        (
            Question(
                "access",
                _("What you need to take part"),
                (
                    _NONE,
                    ("step-free", _("step-free ways")),
                    ("captions", _("captions or a hearing loop")),
                    ("quiet", _("a quiet room")),
                    ("other", _("something else, see below")),
                ),
                required=True,
            ),
            Question("details", _("What would help")),
        ),
    ),
    "TRAVEL": Kind(
        _("Travel"),
        (
            Question(
                "by",
                _("How you come"),
                (
                    (NOTHING, _("no travel, I live there")),
                    ("plane", _("plane")),
                    ("train", _("train")),
                    ("car", _("car")),
                ),
                required=True,
            ),
            Question("start", _("From")),
            Question("arrives", _("You arrive on"), is_day=True),
            Question("arrival", _("Flight or train there, and its time")),
            Question("departs", _("You leave on"), is_day=True),
            Question("departure", _("Flight or train back, and its time")),
        ),
        keep_days=28,
        from_lists=True,
    ),
    "ROOM": Kind(
        _("Room"),
        (
            Question(
                "room",
                _("Room"),
                (
                    (NOTHING, _("no room")),
                    ("own", _("a room of my own")),
                    ("share", _("I share a room")),
                ),
                required=True,
            ),
            Question("partner", _("With whom, if you know")),
            Question("first", _("First night"), is_day=True),
            Question("leaves", _("Day you check out"), is_day=True),
            Question("hotel", _("Hotel"), by_managers=True),
            Question("number", _("Room number"), by_managers=True),
        ),
        from_lists=True,
    ),
    "SHIRT": Kind(
        _("Shirt"),
        (
            Question(
                "size",
                _("Size"),
                (
                    (NOTHING, _("no shirt")),
                    *((one, one) for one in ("XS", "S", "M", "L", "XL", "XXL")),
                ),
                required=True,
            ),
        ),
    ),
    "EMERGENCY": Kind(
        _("Emergency contact"),
        (
            Question("name", _("Whom we call"), required=True),
            Question("relation", _("Who they are to you")),
            Question("phone", _("Phone, with the code of the country"), required=True),
        ),
        keep_days=1,
    ),
}


def is_need(kind: str, values: Values) -> bool:
    """Whether an answer asks for something: another choice than “none”, or any text."""
    return any(
        values.get(one.key, "") not in ("", NOTHING)
        for one in KINDS[kind].questions
        if not one.by_managers
    )


def said(question: Question, values: Values) -> str:
    """What an answer says to a question, as people read it."""
    value = values.get(question.key, "")
    return str(dict(question.choices).get(value, value))


def problem_of_days(values: Values) -> tuple[str, str]:
    """Which day of an answer is wrong and why; two empty texts where all are in order."""
    for first, last in (("arrives", "departs"), ("first", "leaves")):
        begin, end = values.get(first, ""), values.get(last, "")
        if begin and end and (end < begin or (first == "first" and end == begin)):
            return last, str(_("This is before the other day."))
    if values.get("room") in ("own", "share") and not (
        values.get("first") and values.get("leaves")
    ):
        return "first", str(_("Say from which night to which day."))
    return "", ""


def rooms_by_night(answers: Iterable[Values]) -> dict[tuple[str, date], int]:
    """
    How many rooms are slept in, by hotel and night: two who share are one room, and one who shares
    and is left over has one alone. The hotel is empty where no list has said it yet.
    """
    people: dict[tuple[str, date], list[int]] = {}
    for values in answers:
        kind = values.get("room", "")
        if kind not in ("own", "share") or not (values.get("first") and values.get("leaves")):
            continue
        night, end = date.fromisoformat(values["first"]), date.fromisoformat(values["leaves"])
        while night < end:
            count = people.setdefault((values.get("hotel", ""), night), [0, 0])
            count[kind == "share"] += 1
            night += timedelta(days=1)
    return {where: own + (share + 1) // 2 for where, (own, share) in people.items()}
