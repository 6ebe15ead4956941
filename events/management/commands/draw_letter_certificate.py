from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from events.packets.letters.rendering.certification import draw_certificate


class Command(BaseCommand):
    help = (
        "Draw a certificate with its key (RSA, 3072 bits, ten years, signed by itself) into a new "
        "file that only you may read, to seal letters with: set LETTER_CERTIFICATE to its path. "
        "Readers of a letter trust it once they are given the certificate; one from an authority "
        "that their programs know needs nothing of them. Keep the file: letters are held against it."
    )
    # It is how the check of the certificate is answered
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--company", default=settings.COMPANY_NAME)

    def handle(self, *args: Any, file: Path, company: str, **options: Any) -> None:
        try:
            draw_certificate(file, company, timezone.now(), bits=3072)
        except FileExistsError as error:
            raise CommandError(f"{file} is there already, and is left as it is.") from error
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file} holds a certificate of {company} and its key.")
