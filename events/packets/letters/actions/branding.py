from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.letters import queries
from events.packets.letters.actions.running import LetterRefused
from events.packets.letters.models import LetterBrand
from events.packets.letters.rules.brand import Brand
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def save_brand(*, kickoff: Kickoff, brand: Brand, by: Person, at: datetime) -> LetterBrand | None:
    """
    Make a look the next edition for the kickoff's letters; None if it is as the one before.

    Letters that were made keep theirs. `brand` was checked before; its edition is not looked at.

    :raises LetterRefused: somebody else saved one at the same moment
    """
    current = queries.brand_of(kickoff)
    if replace(brand, edition=current.edition) == current:
        return None
    try:
        with transaction.atomic():
            saved = LetterBrand.objects.create(
                kickoff=kickoff,
                edition=current.edition + 1,
                ink=brand.ink,
                accent=brand.accent,
                logo=brand.logo,
                opening=brand.opening,
                closing=brand.closing,
                footer=brand.footer,
                saved_by=by,
                saved_at=at,
            )
    except IntegrityError as error:
        raise LetterRefused(
            _("Somebody else changed the look meanwhile. Look at theirs, then save again.")
        ) from error
    record_entry(
        by=by,
        verb="letters.brand_saved",
        at=at,
        object=kickoff,
        note=_("edition %(number)d") % {"number": saved.edition},
    )
    return saved
