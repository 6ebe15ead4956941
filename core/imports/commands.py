"""What the import commands share: `--map`, and how a refusal is told in a terminal."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.imports.mapping import Field, MappingRefused
from core.imports.problems import FileRefused


def add_mapping_option(parser: ArgumentParser, fields: Sequence[Field]) -> None:
    """Add `--map FIELD=COLUMN`, which may be given many times."""
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="the column of a field; fields: " + ", ".join(field.key for field in fields),
    )


def mapping_given(options: dict[str, Any]) -> dict[str, str]:
    """
    The columns that `--map` names, by field.

    :raises CommandError: one is not of the form FIELD=COLUMN
    """
    return pairs_given("--map", options["map"])


def pairs_given(option: str, texts: Sequence[str]) -> dict[str, str]:
    """
    What an option of the form A=B names.

    :raises CommandError: one is not of that form
    """
    given = {}
    for text in texts:
        left, equals, right = text.partition("=")
        if not equals or not left.strip():
            raise CommandError(f"{option} wants A=B, and got “{text}”.")
        given[left.strip()] = right.strip()
    return given


def report_refusal(command: BaseCommand, refusal: FileRefused | MappingRefused) -> CommandError:
    """Tell every error by row and column; the exception to raise, so that the exit code is 1."""
    problems = getattr(refusal, "problems", None)
    if problems:
        for error in problems:
            command.stderr.write(str(error))
        if problems.left_out:
            command.stderr.write(f"… and {problems.left_out} more.")
    return CommandError(f"{refusal}\nNothing was written.")
