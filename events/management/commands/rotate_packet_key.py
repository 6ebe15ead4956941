from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.sealing.actions import rotate_keys
from events.sealing.rules import Unreadable, problem_with


class Command(BaseCommand):
    help = (
        "Seal all comp figures anew. Put a new key before the old ones in PACKET_KEYS, restart, "
        "run this, then remove the old keys. A key: python -c "
        "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if problem := problem_with(settings.PACKET_KEYS):
            raise CommandError(problem)
        try:
            count = rotate_keys(by=None, at=timezone.now())
        except Unreadable as error:
            raise CommandError(f"{error} Keep every old key until this has finished.") from error
        self.stdout.write(f"{count} sealed values are sealed with the first key.")
