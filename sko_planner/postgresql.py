"""How we connect to PostgreSQL."""

from collections.abc import Mapping
from typing import Any


def connection_options(said: Mapping[str, Any]) -> dict[str, Any]:
    """
    Options of the driver, beside those that the address of the database says, which win.

    Without just-in-time compilation: it takes longer than any statement of ours runs.
    """
    in_session = f"-c jit=off {said.get('options', '')}".strip()
    return {"connect_timeout": 5, **said, "options": in_session}  # seconds
