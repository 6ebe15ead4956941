import re
from dataclasses import dataclass
from hashlib import sha256

SUBJECT_LENGTH = 200
_LABEL_WORDS = 4


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail; with an address, the whole of it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as an HTML mail lays it out: paragraphs of lines, and where its one button leads."""

    paragraphs: list[list[Line]]
    url: str = ""


def laid_out(body: str, site: str) -> Layout:
    """
    The paragraphs of a text, and the address of its button: the first one of ours.

    That address leaves its sentence, and takes a label of up to four words along. A line that is nothing but another address makes the line
    before it a link.
    """
    address = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
    ours = re.search(rf"{re.escape(site)}(?=/)[^\s<>\"]*[^\s<>\".,;:!?)]", body)
    button = ours[0] if ours else ""
    taken = re.compile(rf"[ \t]*{re.escape(button)}(?=[\s.,;:!?)]|$)\.?") if button else None
    paragraphs: list[list[Line]] = []
    for block in re.split(r"\n[ \t]*\n", body.strip()):
        lines: list[Line] = []
        for line in (one.strip() for one in block.split("\n")):
            if taken is not None and (found := taken.search(line)):
                left = line[: found.start()].rstrip().removesuffix(":").rstrip()
                rest = line[found.end() :].strip()
                taken = None
                if not rest and len(left.split()) <= _LABEL_WORDS:
                    continue  # a label of the address, which the button says
                line = f"{left}. {rest}".strip() if left and rest else f"{left}." if left else rest
            elif address.fullmatch(line) and lines and not lines[-1].url:
                lines[-1] = Line(lines[-1].text, line)
                continue
            if line:
                lines.append(Line(line))
        if lines:
            paragraphs.append(lines)
    return Layout(paragraphs, button)
