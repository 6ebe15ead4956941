from hashlib import sha256

SUBJECT_LENGTH = 200


def message_id(key: str, domain: str) -> str:
    """
    The Message-ID header of a message: the same for the same key, so that a mailbox can tell a
    copy that went out twice.
    """
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def one_line(subject: str) -> str:
    """A subject as a mail header may carry it: one line, no longer than the outbox keeps."""
    line = " ".join(subject.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"
