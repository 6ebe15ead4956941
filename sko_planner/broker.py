from typing import Any

from kombu.transport import filesystem

# A worker hears of its end only between two waits, and waits twice more; the default is 2 seconds
LONGEST_WAIT_SECONDS = 0.2


class Transport(filesystem.Transport):  # type: ignore[misc]
    """The broker in this machine's files, with waits short enough for Ctrl-C."""

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        wait = LONGEST_WAIT_SECONDS if timeout is None else min(timeout, LONGEST_WAIT_SECONDS)
        super().drain_events(connection, timeout=wait)
