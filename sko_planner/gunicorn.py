"""The web server's settings, read by `gunicorn --config python:sko_planner.gunicorn`."""

import os

from gunicorn.arbiter import Arbiter

from sko_planner.memory import keep_what_is_loaded

_HOST = os.environ.get("HOST") or "127.0.0.1"
_PORT = os.environ.get("PORT") or "8000"

bind = f"{_HOST}:{_PORT}"
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
# Threads also hold the idle connections that browsers open ahead; a sync worker would wait on them
threads = 4
preload_app = True
timeout = 60  # seconds, as is the next
graceful_timeout = 4
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Arbiter) -> None:
    keep_what_is_loaded()
    everywhere = _HOST in ("", "127.0.0.1", "0.0.0.0", "[::]")  # noqa: S104
    print(f"Open http://{'localhost' if everywhere else _HOST}:{_PORT}", flush=True)
