from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.delivery.models import PacketVersion
from events.packets.letters import queries
from events.packets.letters.models import LetterFile, LetterRun
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import key_of
from people.accounts.models import Person
from people.activity.actions import record_entry

State, Kind = LetterFile.State, LetterFile.Kind
BATCH = 500


@transaction.atomic
def queue_letters(
    *, versions: Sequence[PacketVersion], at: datetime, kind: str = Kind.LETTER
) -> int:
    """
    Queue a letter for each released version that has none yet in its rep's language.

    What is ready, on its way or failed is left as it is: a version never changes, so neither does
    its letter. Return how many are new. A few statements for any number, and safe to repeat.
    """
    by_kickoff: dict[int, list[PacketVersion]] = {}
    for version in versions:
        by_kickoff.setdefault(version.packet.kickoff_id, []).append(version)
    return sum(_queue(of_one, at, kind) for of_one in by_kickoff.values())


@transaction.atomic
def queue_signed_copy(*, version: PacketVersion, at: datetime) -> int:
    """Queue the copy of a letter that shows its rep's signature; return whether it is new."""
    return queue_letters(versions=[version], at=at, kind=Kind.SIGNED_COPY)


@transaction.atomic
def queue_missing(*, kickoff: Kickoff, by: Person, at: datetime) -> int:
    """Queue each letter and signed copy of a kickoff that nobody has queued; return how many."""
    count = sum(
        queue_letters(versions=list(_with_rep(queries.missing_of(kickoff, kind))), at=at, kind=kind)
        for kind in Kind
    )
    if count:
        record_entry(
            by=by,
            verb="letters.queued",
            at=at,
            object=kickoff,
            note=_("%(count)d letters") % {"count": count},
        )
    return count


def _queue(versions: list[PacketVersion], at: datetime, kind: str) -> int:
    kickoff = versions[0].packet.kickoff
    run, _created = LetterRun.objects.get_or_create(kickoff=kickoff)
    brand = queries.brand_of(kickoff)
    known = set(
        LetterFile.objects.filter(version__in=[version.pk for version in versions], kind=kind)
        .order_by()
        .values_list("version_id", "language")
    )
    fresh = [
        LetterFile(
            run=run,
            version=version,
            kind=kind,
            language=language,
            key=key_in(version, kind, language, brand),
            queued_at=at,
        )
        for version in versions
        for language in [queries.language_of_rep(version)]
        if (version.pk, language) not in known
    ]
    # Of two at once each row is made by one: the constraint says which
    LetterFile.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def key_in(version: PacketVersion, kind: str, language: str, brand: Brand) -> str:
    """The key of a version's letter as it would be made now."""
    return key_of(
        content_hash=version.content_hash,
        kind=kind,
        language=language,
        brand_edition=brand.edition,
    )


def _with_rep(versions: QuerySet[PacketVersion]) -> QuerySet[PacketVersion]:
    return versions.select_related("packet__rep", "packet__kickoff")
