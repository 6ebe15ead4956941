from typing import Any

from kombu.transport import filesystem

# A worker hears of its end only between two waits, and waits twice more; the default is 2 seconds
LONGEST_WAIT_SECONDS = 0.2


class Transport(filesystem.Transport):
    """The broker in this machine's files, with waits short enough for Ctrl-C."""

    def drain_events(self, connection: Any, timeout: Any = None, **kwargs: Any) -> Any:
        """
        :raises TimeoutError: nothing came; the worker asks again
        """
        wait = min(timeout or LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS)
        return super().drain_events(connection, timeout=wait, **kwargs)
