"""Fingerprints of keys, by which a backup says which ones open it without holding any."""

from __future__ import annotations

import hashlib
import re
import ssl
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.conf import settings

from events.packets.letters.rendering import certificates

_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
# A SECRET_KEY that somebody made up is not to be found out from its fingerprint by trying
_COST = {"n": 2**14, "r": 8, "p": 1}


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Of all that a backup needs beside it, the keys in use first."""

    salt: str
    packet_keys: Sequence[str]
    certificates: Sequence[str]
    secret_key: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def fingerprints(salt: str) -> Fingerprints:
    """Of the keys that this installation has now."""
    return Fingerprints(
        salt=salt,
        packet_keys=[_print(key, salt) for key in settings.PACKET_KEYS],
        certificates=[_certificate(text) for text in certificates.ours()],
        secret_key=_print(settings.SECRET_KEY, salt),
    )


def missing(needed: Fingerprints) -> tuple[list[str], list[str]]:
    """
    What of it this installation lacks: without the first a restore is worth nothing, without the
    second something is lost that people can do again.
    """
    here = fingerprints(needed.salt)
    fatal = [
        f"PACKET_KEYS: key {number} of the backup ({mark}…) is missing. What it sealed does not open."
        for number, mark in enumerate(needed.packet_keys, start=1)
        if mark not in here.packet_keys
    ]
    light = [
        f"LETTER_CERTIFICATE: {mark[:16]}… is missing, so letters that it sealed are not known as "
        "ours. Name it in LETTER_CERTIFICATES_BEFORE."
        for mark in needed.certificates
        if mark not in here.certificates
    ]
    if needed.secret_key != here.secret_key:
        light.append(
            "SECRET_KEY is another one: everybody signs in anew, and links in mails are void."
        )
    return fatal, light


def _print(secret: str, salt: str) -> str:
    return hashlib.scrypt(secret.encode(), salt=salt.encode(), **_COST).hex()[:16]


def _certificate(text: str) -> str:
    found = _CERTIFICATE.search(text)
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(found.group())).hexdigest() if found else ""
