"""What the bell does: the mail of the day."""

from people.bell.actions.daily import send_daily
from people.bell.actions.writing import shown_mails
