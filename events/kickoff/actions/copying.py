"""The plan of a past kickoff taken over into another one: all that is not there yet, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from events.kickoff import hooks
from events.kickoff.actions.refusals import KickoffRefused
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True)
class Copy:
    """What is taken over from one kickoff into another, by capability."""

    source: Kickoff
    target: Kickoff
    parts: Sequence[hooks.Copied]

    @cached_property
    def seal(self) -> str:
        """Says whether somebody has seen just this: where something else is copied, it differs."""
        said = [(one.name, one.is_held, *one.says) for one in self.parts]
        return sha256(repr((self.source.pk, self.target.pk, said)).encode()).hexdigest()


class CopyUnseen(KickoffRefused):
    """What would be copied was not seen. It is in `copy`."""

    def __init__(self, copy: Copy) -> None:
        super().__init__(_("Look at what is copied first."))
        self.copy = copy


@transaction.atomic
def copy_kickoff(*, source_id: int, target_id: int, by: Person, at: datetime, seen: str) -> Copy:
    """
    Take over the plan of a kickoff into one that is ahead. What that has of its own already stays
    as it is, so a second copy adds nothing.

    `seen` is the seal of the copy that somebody was shown, empty if they were shown none.

    :raises CopyUnseen: the copy is made and taken back, since something else was seen
    :raises KickoffRefused: both are the same; the target is over or archived; or nothing is added
    """
    target = Kickoff.objects.select_for_update().get(pk=target_id)
    source = Kickoff.objects.get(pk=source_id)
    if source == target:
        raise KickoffRefused(_("A kickoff is not copied into itself."))
    if target.status not in (Kickoff.Status.DRAFT, Kickoff.Status.OPEN) or at >= target.closes_at:
        raise KickoffRefused(_("Only a kickoff that is ahead takes over another one’s plan."))
    parts = [part for part in hooks.copy_from(source, target, by, at) if part is not None]
    names = {"source": source.name, "target": target.name}
    if not any(part.says and not part.is_held for part in parts):
        raise KickoffRefused(
            _("%(target)s has all of its own that %(source)s could give. Nothing was copied.")
            % names
        )
    copy = Copy(source, target, parts)
    if seen != copy.seal:
        raise CopyUnseen(copy)
    record_entry(by=by, verb="kickoff.copied", at=at, object=target, note=source.name)
    return copy
