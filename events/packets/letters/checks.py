from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils import timezone

from events.packets.letters.rendering.certificates import in_use
from events.packets.letters.rendering.certification import days_left, problem_with

WARNED_DAYS = 60  # before it runs out: a company's authority takes weeks to give another


def check_certificate(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The system check: production does not start to send letters that nothing seals."""
    if not settings.LETTER_CERTIFICATE and settings.LETTER_CERTIFICATE_DRAWN_IN is not None:
        return []
    problem = (
        "LETTER_CERTIFICATE is empty: letters cannot be sealed."
        if not settings.LETTER_CERTIFICATE
        else _problem()
    )
    hint = "manage.py draw_letter_certificate --help"
    if problem:
        return [Error(problem, hint=hint, id="letters.E001")]
    days = days_left(*in_use(), timezone.now())
    if days >= WARNED_DAYS:
        return []
    # No error: all but new letters works without, and each of those says what is wrong
    said = (
        f"LETTER_CERTIFICATE runs out in {days} days."
        if days >= 0
        else "LETTER_CERTIFICATE has run out: no letter is sealed."
    )
    return [
        Warning(
            said, hint=f"{hint}; keep the old one in LETTER_CERTIFICATES_BEFORE.", id="letters.W001"
        )
    ]


def _problem() -> str:
    certificate, key = in_use()
    if not certificate:
        return "LETTER_CERTIFICATE names a file that is not there or cannot be read."
    return problem_with(certificate, key)
