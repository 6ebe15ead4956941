"""Loader: Celery finds here what the capabilities define."""

import people.imports.tasks
import people.mail.tasks
