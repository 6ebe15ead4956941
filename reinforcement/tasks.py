"""Loader: Celery finds here what the capabilities define."""
