from typing import Any

from django.core.management.base import BaseCommand

from people.keys.actions import end_all_keys


class Command(BaseCommand):
    help = "After a leak: sign every browser out, and end every key to the API."

    def handle(self, *args: Any, **options: Any) -> None:
        sessions, tokens = end_all_keys()
        self.stdout.write(f"{sessions} sessions and {tokens} keys to the API are ended.")
