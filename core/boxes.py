"""Sealing with SECRET_KEY what the database or a disk keeps for a while; figures have keys of their own."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings


def box_for(purpose: str) -> Fernet:
    """What seals and opens for one purpose: nothing that is sealed for another opens in it."""
    return _box(purpose, settings.SECRET_KEY)


@lru_cache(maxsize=16)
def _box(purpose: str, secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"{purpose}:{secret}".encode()).digest()))
