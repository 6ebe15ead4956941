"""
Settings for a process that is to be killed: mail goes into files, slowly enough to be caught.

`DJANGO_SETTINGS_MODULE=sko_planner.tests.slow_mail`, with DATABASE_URL and VAR_DIR as ever.
"""

import time

from django.core.mail.backends.filebased import EmailBackend

from sko_planner.settings import *  # noqa: F403

EMAIL_BACKEND = "sko_planner.tests.slow_mail.SlowFiles"
PAUSE_SECONDS = 0.02


class SlowFiles(EmailBackend):
    """Files, with a pause before and after each mail: a kill hits one of the two."""

    def write_message(self, message):
        time.sleep(PAUSE_SECONDS)
        super().write_message(message)
        self.stream.flush()
        time.sleep(PAUSE_SECONDS)
