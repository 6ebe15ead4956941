"""Loader: Celery finds here what the capabilities define."""

import core.due.tasks
