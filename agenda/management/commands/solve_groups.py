import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agenda.groups.actions.searching import FEW, search
from agenda.groups.rules.bounds import Impossible, group_counts
from agenda.groups.rules.people import Crowd, Guest, band
from agenda.groups.rules.settings import Settings
from agenda.groups.rules.solving import Asked, Found
from core.imports import parsers
from core.imports.mapping import Field, MappingRefused, guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import Parsed, ParsedRow, parse_rows
from core.imports.tables import Limits


def amount(text: str) -> int:
    """An amount, to whole units; grouped digits are refused, since they may mean two numbers."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}” is no number. Write it as 120000 or 120000.50.") from None
    if not value.is_finite() or value < 0 or value > 10**12:
        raise ValueError(f"“{text}” is no value of a deal.")
    return int(value.to_integral_value())


def size(text: str) -> tuple[int, int]:
    """The sizes of groups, as 5-10."""
    least, dash, most = text.partition("-")
    if not dash or not (least.isdecimal() and most.isdecimal()):
        raise ArgumentTypeError(f"“{text}” is no size. Write it as 5-10.")
    if not 1 <= int(least) <= int(most) <= 1000:
        raise ArgumentTypeError(f"{text}: the least is 1 and not more than the most.")
    return int(least), int(most)


def at_least(least: int) -> Any:
    """A whole number from `least` on."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ArgumentTypeError(f"“{text}” is no whole number from {least} on.")
        return int(text)

    return read


YES_NO = {"yes": "yes", "no": "no", "true": "yes", "false": "no", "1": "yes", "0": "no"}
FIELDS = (
    Field("id", "id", required=True, parse=parsers.text_up_to(120)),
    Field("region", "region", parse=parsers.text_up_to(120)),
    Field("team", "team", parse=parsers.text_up_to(120)),
    Field("manager", "manager", parse=parsers.text_up_to(120)),
    Field("function", "function", parse=parsers.text_up_to(120)),
    Field("hired", "hired", parse=parsers.iso_date),
    Field("top", "top", required=True, parse=parsers.choice(YES_NO)),
    Field("value", "value", parse=amount),
)


class Command(BaseCommand):
    help = "Find groups for a list of people: who sits with whom, in rounds that meet afresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=", ".join(one.key for one in FIELDS))
        parser.add_argument("--rounds", type=at_least(1), default=1)
        parser.add_argument("--size", type=size, default=(5, 10), metavar="MIN-MAX")
        parser.add_argument("--strict-region", action="store_true")
        parser.add_argument("--seconds", type=at_least(0), default=10, metavar="S")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        guests = self._read(options["file"], timezone.localdate())
        smallest, largest = options["size"]
        settings = Settings(
            smallest=smallest,
            largest=largest,
            apart="EVERY" if options["strict_region"] else "MAJORITY",
        )
        rounds = options["rounds"]
        settings, unmet = eased(guests, settings)
        crowd = Crowd(guests, settings)
        try:
            found = search(crowd, [Asked()] * rounds, seconds=options["seconds"])
        except Impossible as refusal:
            raise CommandError(str(refusal)) from refusal
        answer = told(crowd, found, unmet)
        if options["as_json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for number, groups in enumerate(answer["rounds"], start=1):
            self.stdout.write(f"Round {number}")
            for group in groups:
                self.stdout.write(f"  {group['facilitator']}: {', '.join(group['members'])}")
        gap = "proven best" if answer["proven"] else f"at most {answer['gap']:.1%} from the best"
        self.stdout.write("\n".join([f"{gap[0].upper()}{gap[1:]}.", *answer["unmet"]]))

    def _read(self, file: Path, today: date) -> list[Guest]:
        try:
            table = read_table(file.read_bytes(), file.name, Limits())
            parsed = parse_rows(table, FIELDS, guess_columns(table.headers, FIELDS, {}))
            check(parsed)
            parsed.refuse_problems()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (FileRefused, MappingRefused) as refusal:
            problems = getattr(refusal, "problems", None) or ()
            lines = [str(one) for one in problems]
            raise CommandError("\n".join([*lines, str(refusal)])) from refusal
        return [guest(row, today) for row in parsed.rows]


def check(parsed: Parsed) -> None:
    """Say which ids stand twice, and who is their own manager."""
    for row in parsed.rows:
        if key := row.get("id"):
            parsed.is_repeated(row, "id", key, "This id is in row %(row)d too.")
            if row.get("manager") == key:
                parsed.add_problem(row, "manager", "Nobody is their own manager.")


def guest(row: ParsedRow, today: date) -> Guest:
    """One row as somebody to be grouped."""
    return Guest(
        key=row.get("id"),
        region=row.get("region"),
        team=row.get("team"),
        manager=row.get("manager"),
        function=row.get("function"),
        tenure=band(row.get("hired", None), today),
        value=row.get("value", 0),
        top=row.get("top") == "yes",
    )


def eased(guests: Sequence[Guest], settings: Settings) -> tuple[Settings, list[str]]:
    """
    The rules with as many of a team in a group as counting asks for, and that in words.

    Nobody has said how many may be, so it is the fewest from two on that can be.
    """
    counts = group_counts(len(guests), settings)
    teams: dict[str, int] = {}
    for one in guests:
        if one.team:
            teams[one.team] = teams.get(one.team, 0) + 1
    if not counts or not teams:
        return settings, []
    groups = max(counts[0], min(counts[-1], sum(one.top for one in guests)))
    most = max(settings.most_of_team, -(-max(teams.values()) // groups))
    if all(one.team for one in guests):
        whole = -(-len(guests) // groups)
        most = max(most, -(-whole // len(teams)))
    if most == settings.most_of_team:
        return settings, []
    said = f"At most {settings.most_of_team} of a team in a group cannot be: it is {most}."
    return replace(settings, most_of_team=most), [said]


def told(crowd: Crowd, found: Sequence[Found], unmet: Sequence[str]) -> dict[str, Any]:
    """The answer: groups by round, whether they are the best, and what is not met."""
    keys = [one.key for one in crowd.guests]
    gap = max((one.gap for one in found), default=0.0)
    words = list(unmet)
    for number, one in enumerate(found, start=1):
        if one.cost > one.bound:
            words.append(
                f"Round {number}: regions, functions, tenure and value are mixed to {one.cost}"
                f" points, and no groups under these rules come below {one.bound}."
            )
    if crowd.count > FEW:
        words.append(f"Above {FEW} people the best is not searched for; the gap is by counting.")
    return {
        "rounds": [
            [
                {"facilitator": keys[leader], "members": [keys[who] for who in members]}
                for leader, members in zip(one.leaders, one.members, strict=True)
            ]
            for one in found
        ],
        "proven": all(one.is_proven for one in found),
        "gap": round(gap, 4),
        "unmet": words,
    }
