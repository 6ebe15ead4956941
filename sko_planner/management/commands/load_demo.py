from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from core.guards import installed
from people.accounts.models import Person
from sko_planner.demo.load import ACCOUNTS, PASSWORD, load
from sko_planner.demo.people import SMALLEST


class Command(BaseCommand):
    """Load the demo company into an empty database, and print whom to sign in as."""

    help = "Load the demo company, Meridane, and print the accounts to sign in with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=160, help=f"how many, from {SMALLEST}")
        parser.add_argument("--seed", type=int, default=27, help="the same seed, the same company")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are people already"
        )
        parser.add_argument("--reset", action="store_true", help="delete EVERYTHING first")
        parser.add_argument("--password", help="what all demo people sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or PASSWORD
        if not settings.DEBUG and not options["password"]:
            raise CommandError(
                "This is no development machine, so the demo's usual password would let anybody "
                "in. Choose one with --password."
            )
        if options["people"] < SMALLEST:
            raise CommandError(f"The demo company has at least {SMALLEST} people.")
        if options["reset"]:
            if not settings.DEBUG:
                raise CommandError("--reset deletes everything: it works with DEBUG on only.")
            with installed.lifted(connection):
                call_command("flush", interactive=False, verbosity=0)
        if not Person.objects.exists():
            started = perf_counter()
            company, _kickoffs = load(
                people=options["people"],
                seed=options["seed"],
                now=timezone.now(),
                password=password,
            )
            seconds = perf_counter() - started
            self.stdout.write(f"Meridane has {len(company.people)} people ({seconds:.1f} s).")
        elif not options["if_empty"]:
            raise CommandError("There are people already. Add --reset to delete everything first.")
        self._print_accounts(password)

    def _print_accounts(self, password: str) -> None:
        found = set(Person.objects.filter(email__in=[account.email for account in ACCOUNTS])
                    .values_list("email", flat=True))  # fmt: skip
        accounts = [account for account in ACCOUNTS if account.email in found]
        if not accounts:
            return
        wide = max(len(account.shows) for account in accounts)
        self.stdout.write(f"\nSign in at {settings.SITE_URL} with the password “{password}”:\n")
        for account in accounts:
            self.stdout.write(f"  {account.shows:<{wide}}  {account.email}")
