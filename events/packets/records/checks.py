from django.conf import settings
from django.core.checks import CheckMessage, Error

from events.packets.records.rules.retention import LEGAL_YEARS


def check_years(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The system check: nothing starts that would delete packets before the law lets it."""
    years = settings.PACKET_RETENTION_YEARS
    if isinstance(years, int) and years >= LEGAL_YEARS:
        return []
    return [
        Error(
            f"PACKET_RETENTION_YEARS is {years}: packets are kept {LEGAL_YEARS} years at least.",
            hint="New York Labor Law 191(1)(c).",
            id="records.E001",
        )
    ]
