"""What the import commands share: file, `--map`, `--dry-run`, and how a refusal is told."""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.imports.answering import add_answer_options, answers_given, options_for
from core.imports.mapping import Field, MappingRefused, guess_columns, unused_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import Parsed, parse_rows
from core.imports.tables import Limits, Table
from core.statistics import fresh_statistics


class ImportCommand(BaseCommand):
    """
    A file taken over from a terminal. `take` does it with the rows as they were parsed, raises
    FileRefused or MappingRefused, and tells what it did.
    """

    fields: Sequence[Field] = ()
    limits = Limits()
    read: Callable[..., Table] = staticmethod(read_table)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="the column of a field; fields: " + ", ".join(field.key for field in self.fields),
        )
        add_answer_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            table = self.read(file.read_bytes(), file.name, self.limits, answers_given(options))
            given = pairs_given("--map", options["map"])
            columns = guess_columns(table.headers, self.fields, given)
            for note in table.notes:
                self.stdout.write(note)
            if unused := unused_columns(columns, table.headers):
                self.stdout.write("Not taken over: " + ", ".join(unused))
            with transaction.atomic(), fresh_statistics():
                self.take(parse_rows(table, self.fields, columns), file.name, options)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (FileRefused, MappingRefused) as refusal:
            raise self._told(refusal) from refusal
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")

    def take(self, parsed: Parsed, name: str, options: dict[str, Any]) -> None:
        """Take over the rows of the file that is called `name`, and tell what was done."""
        raise NotImplementedError

    def _told(self, refusal: FileRefused | MappingRefused) -> CommandError:
        """Tell every error by row and column; the exception to raise, so that the exit code is 1."""
        problems = getattr(refusal, "problems", None)
        if problems:
            for error in problems:
                self.stderr.write(str(error))
            if problems.left_out:
                self.stderr.write(f"… and {problems.left_out} more.")
            for told in options_for(problems.questions):
                self.stderr.write(told)
        return CommandError(f"{refusal}\nNothing was written.")


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
