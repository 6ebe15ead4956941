"""Verbs of reminders."""

from events.packets.coverage.actions.moving import count_again
from events.packets.coverage.actions.reminding import (
    Reminded,
    ReminderRefused,
    remind_reps,
    save_plan,
    send_due_reminders,
)
