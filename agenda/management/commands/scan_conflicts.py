import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from agenda.schedules.queries import source_ids
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.rules import Conflict, Kind
from events.kickoff.models import Kickoff
from events.management.importing import kickoff_called


class Command(BaseCommand):
    help = "List what clashes in the draft agenda of a kickoff. Exits with 0 whatever is found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--event", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="as a list of objects")

    def handle(self, *args: Any, **options: Any) -> None:
        kickoff = kickoff_called(options["event"])
        draft = draft_of(kickoff)
        if not options["json"]:
            for conflict in draft.conflicts:
                self.stdout.write(draft.say(conflict).text)
            self.stdout.write(f"{len(draft.conflicts)} conflicts.")
            return
        called = source_ids(kickoff)
        found = [
            {
                "kind": "SPEAKER" if conflict.kind == Kind.PERSON else str(conflict.kind),
                "severity": conflict.severity.lower(),
                "sessions": [called[session] for session in conflict.sessions],
                "when": _when(conflict, kickoff),
                "text": draft.say(conflict).text,
            }
            for conflict in draft.conflicts
        ]
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


def _when(conflict: Conflict, kickoff: Kickoff) -> str:
    """The time that is contested, as an interval of ISO 8601 at the venue."""
    ends = (conflict.starts_at, conflict.ends_at)
    return "/".join(one.astimezone(kickoff.zone).isoformat() for one in ends)
