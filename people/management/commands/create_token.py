from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.accounts.models import Person
from people.keys.actions import make_token


class Command(BaseCommand):
    help = (
        "Print a new key to the API for somebody, once; the one that they had opens nothing more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="of somebody who may sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = Person.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody who may sign in has the address {email}.")
        self.stdout.write(make_token(person=person, at=timezone.now()))
