from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.accounts.models import Person
from people.accounts.roles import let_in_revops


class Command(BaseCommand):
    help = "Make somebody RevOps, where nobody of RevOps can sign in to agree to it any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="of somebody who may sign in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = Person.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody who may sign in has the address {email}.")
        let_in_revops(person=person, by=None, at=timezone.now())
        self.stdout.write(f"{person.full_name} is RevOps, and reads every packet.")
