from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.ui.figures import moment
from events.packets.letters.rendering import certificates, certification
from events.packets.letters.rules.letter import CertificateRefused


class Command(BaseCommand):
    help = (
        "Say of a letter by whom it was sealed, when, whether it is as it was sealed, and its "
        "content hash. Ends with 1 if it is not whole, or not ours. Certificates of before are "
        "in LETTER_CERTIFICATES_BEFORE."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            verdict = certification.check_pdf(
                file.read_bytes(), certificates_of_ours=certificates.ours()
            )
        except (OSError, ValueError, CertificateRefused) as error:
            raise CommandError(str(error)) from error
        if verdict.is_sealed:
            when = moment(verdict.signed_at, "UTC")
            self.stdout.write(f"Sealed by {verdict.signer or 'nobody named'}, {when}.")
        self.stdout.write(f"Version {verdict.version}, content hash {verdict.content_hash}.")
        if not verdict.is_sealed:
            raise CommandError("It carries no seal: a draft, or a file that somebody made.")
        if not verdict.intact:
            raise CommandError("TAMPERED: it was changed after it was sealed.")
        if not verdict.trusted:
            raise CommandError("NOT OURS: it is whole, but no certificate of ours sealed it.")
        self.stdout.write(self.style.SUCCESS("Intact: nothing was changed since it was sealed."))
