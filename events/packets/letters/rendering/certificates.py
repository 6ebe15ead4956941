"""The certificates that the settings name: the one in use, and those of before."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from events.packets.letters.rendering.certification import development_certificate


def in_use() -> tuple[str, str]:
    """Certificate and key that letters are sealed with now, as PEM text; empty without any."""
    certificate, key = _pem(settings.LETTER_CERTIFICATE), _pem(settings.LETTER_KEY)
    if certificate or settings.LETTER_CERTIFICATE_DRAWN_IN is None:
        return certificate, key
    folder = Path(settings.LETTER_CERTIFICATE_DRAWN_IN)
    return development_certificate(folder, settings.COMPANY_NAME, timezone.now())


def ours() -> list[str]:
    """Every certificate of ours, old ones too, as PEM text: what a seal is held against."""
    return [text for text in (in_use()[0], *map(_pem, settings.LETTER_CERTIFICATES_BEFORE)) if text]


def _pem(setting: str) -> str:
    """PEM text from a setting that holds it, or the path of a file with it; else empty."""
    text = setting.strip().replace("\\n", "\n")
    if not text or text.startswith("-----BEGIN"):
        return text
    try:
        return Path(text).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
