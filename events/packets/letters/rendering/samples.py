"""A letter with invented figures, to show a look on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.ui.figures import day
from events.packets.comp.rules.comp import Comp, sole
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.packets.comp.rules.terms import CURRENT
from events.packets.delivery.rules.content import Content, Identity, hash_of
from events.packets.letters.rendering.languages import terms_in
from events.packets.letters.rules.brand import Brand
from events.packets.letters.rules.letter import Letter, Signature
from events.packets.quotas.rules.quota import spread
from events.packets.territories.rules.territory import Territory

STARTS, ENDS = date(2030, 1, 1), date(2030, 12, 31)
BANDS = (
    Band(Decimal(0), Decimal(1)),
    Band(Decimal(1), Decimal("1.5")),
    Band(Decimal("1.25"), Decimal(2)),
)
ACCOUNTS = ("Alder Cold Storage", "Birch Dairy", "Cedar Logistics", "Elm Pharma", "Fir Growers")


def sample_letter(kickoff_name: str, fiscal_year: str, brand: Brand, language: str) -> Letter:
    """A released letter of somebody who does not exist, in the active language."""
    signed = day(STARTS, "long")
    return Letter(
        kickoff_name=kickoff_name,
        fiscal_year=fiscal_year,
        number=1,
        content=Content(
            currency="EUR",
            effective_from=STARTS,
            effective_to=ENDS,
            identity=Identity(_("Sample Rep"), _("Account executive"), _("Sample Manager")),
            territory=Territory(_("North"), _("200 to 2,000 staff"), ACCOUNTS),
            quota=spread(Decimal(800_000), STARTS, ENDS),
            comp=Comp(
                Decimal(60_000),
                Decimal(40_000),
                sole(Plan(Basis.TV_MULTIPLIER, bands=BANDS)),
                CURRENT,
            ),
        ),
        content_hash=hash_of("sample"),
        terms=terms_in(CURRENT, language),
        language=language,
        brand=brand,
        released_date=STARTS,
        employer=Signature(_("Sample Signer"), signed, _("RevOps")),
    )
