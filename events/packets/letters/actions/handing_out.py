"""All letters of a kickoff as one archive, for RevOps."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.letters import queries
from events.packets.letters.actions.running import LetterRefused
from events.packets.letters.models import LetterFile
from events.packets.letters.rules.archives import zipped
from events.sealing.rules import Unreadable
from people.accounts.models import Person
from people.activity.actions import record_entries_on, record_entry

logger = logging.getLogger(__name__)


@transaction.atomic
def hand_out_letters(*, kickoff: Kickoff, by: Person, at: datetime) -> Iterator[bytes]:
    """
    Every letter and signed copy that is made, piece by piece. It is in the trail of the kickoff
    and of each rep whose letter is in it, before the first piece is there.

    :raises LetterRefused: none is made yet
    """
    files = list(queries.ready_files(kickoff).order_by("version__packet__rep__full_name", "pk"))
    if not files:
        raise LetterRefused(_("No letter is made yet, so there is nothing to download."))
    said = ngettext("%(count)d letter", "%(count)d letters", len(files)) % {"count": len(files)}
    record_entry(by=by, verb="letters.downloaded", at=at, object=kickoff, note=said)
    packets = {file.version.packet_id: file.version.packet for file in files}
    about = [(packet.rep, packet, "") for packet in packets.values()]
    record_entries_on(by=by, verb="packet.downloaded", at=at, about=about)
    return zipped(_opened(files))


@sensitive_variables()
def _opened(files: Sequence[LetterFile]) -> Iterator[tuple[str, bytes]]:
    """Each file by its name, opened as it is sent; last, whose could not be opened."""
    missing = []
    for file in files:
        try:
            yield _name(file), LetterFile.objects.get(pk=file.pk).read()
        except (Unreadable, LetterFile.DoesNotExist):
            # The others are handed out, and this one is named
            logger.warning("Letter %s could not be handed out", file.pk)
            missing.append(_name(file))
    if missing:
        text = "\n".join([_("These could not be opened, and are not here:"), "", *missing, ""])
        yield "README.txt", text.encode()


def _name(file: LetterFile) -> str:
    """Readable where Latin letters allow it, and never twice."""
    version, signed = file.version, file.kind == LetterFile.Kind.SIGNED_COPY
    rep = slugify(version.packet.rep.full_name) or "rep"
    end = "-signed" if signed else ""
    return f"{rep}-{version.packet_id}/v{version.number}-{file.language}{end}.pdf"
