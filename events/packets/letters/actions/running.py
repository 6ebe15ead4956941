from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.letters.models import LetterFile, LetterRun
from people.accounts.models import Person
from people.activity.actions import record_entry

State = LetterFile.State
MAX_TRIES = 3


class LetterRefused(Exception):
    """The letter is not to be had. The message is fit to show."""


@transaction.atomic
def pause_letters(*, kickoff: Kickoff, by: Person, at: datetime) -> bool:
    """Stop making a kickoff's letters after those in hand; return whether this call did."""
    run, _created = LetterRun.objects.get_or_create(kickoff=kickoff)
    if not LetterRun.objects.filter(pk=run.pk, paused_at=None).update(paused_at=at, paused_by=by):
        return False
    record_entry(by=by, verb="letters.paused", at=at, object=kickoff)
    return True


@transaction.atomic
def resume_letters(*, kickoff: Kickoff, by: Person, at: datetime) -> bool:
    """Go on where a pause stopped; return whether this call did."""
    paused = LetterRun.objects.filter(kickoff=kickoff, paused_at__isnull=False)
    if not paused.update(paused_at=None, paused_by=None):
        return False
    record_entry(by=by, verb="letters.resumed", at=at, object=kickoff)
    return True


@transaction.atomic
def try_again(
    *, kickoff: Kickoff, by: Person, at: datetime, file_ids: Collection[int] | None = None
) -> int:
    """Queue failed letters of a kickoff anew, all of them or some; return how many."""
    # No join, as in `LetterFileQuerySet.waiting`
    of_kickoff = LetterRun.objects.filter(kickoff=kickoff)
    failed = LetterFile.objects.filter(run__in=of_kickoff, state=State.FAILED)
    if file_ids is not None:
        failed = failed.filter(pk__in=file_ids)
    count = failed.update(state=State.WAITING, tries=0, problem="", queued_at=at)
    if count:
        record_entry(
            by=by,
            verb="letters.tried_again",
            at=at,
            object=kickoff,
            note=_("%(count)d letters") % {"count": count},
        )
    return count


@transaction.atomic
def recover_letters(*, at: datetime) -> int:
    """
    Give back what dead workers held, for another to make; return how many.

    Making a letter twice makes one letter. What has killed three workers is shown as failed.
    """
    abandoned = LetterFile.objects.abandoned(at)
    abandoned.filter(tries__gte=MAX_TRIES).update(
        state=State.FAILED,
        leased_until=None,
        problem=_("Three workers stopped while they made it."),
    )
    return abandoned.filter(tries__lt=MAX_TRIES).update(state=State.WAITING, leased_until=None)
