from hashlib import sha256

_LONGEST_OF_SESSIONS = 40


def session_digest(key: str) -> str:
    """What the table keeps of a browser's key: 160 bits of its SHA-256, since it has 166 itself."""
    return sha256(f"session:{key}".encode()).hexdigest()[:_LONGEST_OF_SESSIONS]


def token_digest(key: str) -> str:
    """What the table keeps of a program's key, which is long and random."""
    return sha256(key.encode()).hexdigest()
