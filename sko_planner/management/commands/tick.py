from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.due import ticks
from people.mail.actions import send_due
from reinforcement.campaigns.models import Campaign
from reinforcement.touches.queries import counts


class Command(BaseCommand):
    """Runs one tick by hand, at any moment: 90 days can be lived through in minutes."""

    help = "Do what is due at a moment, send its mail, and count the touches."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at",
            metavar="ISO-TIME",
            help="as if it were this moment, UTC where no offset is given; now by default",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = _moment(options["at"])
        self.stdout.write(f"Tick at {at:%Y-%m-%d %H:%M %Z}")
        failed = self._run(at)
        if Campaign.objects.running().filter(touches_planned_at=None).exists():
            # Started by this very tick: a beat would plan its touches a minute later
            failed += self._run(at)
        mailed = send_due(at=at)
        self.stdout.write(f"  {'outbox':<12} {_words(mailed)}")
        self.stdout.write(f"{'Touches':<32} {'due':>7} {'sent':>7} {'done':>7} {'overdue':>7}")
        for slug, found in counts(at).items():
            numbers = (found.due, found.sent, found.done, found.overdue)
            self.stdout.write(f"  {slug:<30} " + " ".join(f"{number:>7}" for number in numbers))
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")

    def _run(self, at: datetime) -> list[str]:
        failed = []
        for name, found in ticks.run_tick(at).items():
            self.stdout.write(f"  {name:<12} {_words(found)}")
            if "error" in found:
                failed.append(name)
        return failed


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        at = parse_datetime(text) or datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is no ISO time, like 2027-03-06T09:00.") from error
    return at if timezone.is_aware(at) else timezone.make_aware(at, timezone.get_default_timezone())


def _words(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in found.items()) or "nothing"
