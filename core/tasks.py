"""Loader: Celery finds here what the capabilities define."""

from core.due.tasks import tick

__all__ = ["tick"]
