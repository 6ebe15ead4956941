"""The certificate in use, from the settings; what is wrong with it, for the system check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils import timezone
from django.utils.module_loading import import_string

_MODULE = "events.packets.letters.rules.certification"
WARNED_DAYS = 60  # before it runs out: a company's authority takes weeks to give another


def in_use() -> tuple[str, str]:
    """Certificate and key that letters are sealed with now, as PEM text; empty without any."""
    certificate, key = _pem(settings.LETTER_CERTIFICATE), _pem(settings.LETTER_KEY)
    if certificate or settings.LETTER_CERTIFICATE_DRAWN_IN is None:
        return certificate, key
    draw: Callable[..., tuple[str, str]] = import_string(f"{_MODULE}.development_certificate")
    return draw(Path(settings.LETTER_CERTIFICATE_DRAWN_IN), settings.COMPANY_NAME, timezone.now())


def ours() -> list[str]:
    """Every certificate of ours, old ones too, as PEM text: what a seal is held against."""
    return [text for text in (in_use()[0], *map(_pem, settings.LETTER_CERTIFICATES_BEFORE)) if text]


def check_certificate(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The system check: production does not start to send letters that nothing seals."""
    if not settings.LETTER_CERTIFICATE and settings.LETTER_CERTIFICATE_DRAWN_IN is not None:
        return []
    # Loading it takes a second, so only what is set is looked at
    problem = (
        "LETTER_CERTIFICATE is empty: letters cannot be sealed."
        if not settings.LETTER_CERTIFICATE
        else _problem()
    )
    hint = "manage.py draw_letter_certificate --help"
    if problem:
        return [Error(problem, hint=hint, id="letters.E001")]
    days_left: Callable[[str, str, datetime], int] = import_string(f"{_MODULE}.days_left")
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
    check: Callable[[str, str], str] = import_string(f"{_MODULE}.problem_with")
    certificate, key = in_use()
    if not certificate:
        return "LETTER_CERTIFICATE names a file that is not there or cannot be read."
    return check(certificate, key)


def _pem(setting: str) -> str:
    """PEM text from a setting that holds it, or the path of a file with it; else empty."""
    text = setting.strip().replace("\\n", "\n")
    if not text or text.startswith("-----BEGIN"):
        return text
    try:
        return Path(text).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
