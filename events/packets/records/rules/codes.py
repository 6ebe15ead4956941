"""
The link for somebody who left, and the pass code that RevOps tells them by another channel.

Neither is stored: of the link a SHA-256, since it is long and random; of the code a password hash.
"""

import hashlib
import secrets
from datetime import timedelta

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no letter that is taken for another
GROUPS, GROUP_LENGTH = 3, 4
TOKEN_BYTES = 32
LONGEST = 100

VALID_FOR = timedelta(days=14)
MOST_DOWNLOADS = 5
MOST_WRONG = 10


def draw_token() -> str:
    """What stands in the link: 256 bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def draw_code() -> str:
    """What is told by another channel: “K7PM-2QXA-9RTD”, about 58 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def hash_token(token: str) -> str:
    """What is stored of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain_code(typed: str) -> str:
    """A code as it is compared: case, spaces and hyphens do not matter."""
    return "".join(sign for sign in typed[:LONGEST].upper() if sign.isalnum())
