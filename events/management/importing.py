from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from core.imports.commands import ImportCommand
from events.kickoff.models import Kickoff


def kickoff_called(slug: str) -> Kickoff:
    """
    The kickoff that `--event` names.

    :raises CommandError: there is none, and which there are
    """
    kickoff = Kickoff.objects.filter(slug=slug).first()
    if kickoff is None:
        known = ", ".join(Kickoff.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no kickoff “{slug}”. There are: {known}.")
    return kickoff


class KickoffImportCommand(ImportCommand):
    """A file taken over into one kickoff, which `--event` names."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--event", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        self.kickoff = kickoff_called(options["event"])
        super().handle(*args, **options)
