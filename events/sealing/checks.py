from django.conf import settings
from django.core.checks import CheckMessage, Error

from events.sealing.rules import problem_with


def check_keys(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The system check: without keys, nothing starts."""
    problem = problem_with(settings.PACKET_KEYS)
    return [Error(problem, hint="manage.py rotate_packet_key --help", id="packets.E001")] * bool(
        problem
    )
