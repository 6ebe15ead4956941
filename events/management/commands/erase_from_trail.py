from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.trail.actions import erase_from_trail
from people.accounts.models import Person


class Command(BaseCommand):
    help = (
        "Take one person out of the audit trail: what was done stays, not by or about whom. "
        "For requests under data protection; it cannot be taken back, and leaves a mark."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody has the address “{email}”.")
        count = erase_from_trail(person=person, by=None, at=timezone.now())
        self.stdout.write(f"{count} entries do not name them any more.")
