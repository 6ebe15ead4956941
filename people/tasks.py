"""Loader: Celery finds here what the capabilities define."""

from people.imports.tasks import work_run
from people.mail.tasks import send_message

__all__ = ["send_message", "work_run"]
