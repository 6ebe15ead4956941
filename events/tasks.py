"""Loader: Celery finds here what the capabilities define."""

from events.records.tasks import build_handout

__all__ = ["build_handout"]
from events.letters.tasks import render

__all__ = ["render"]
