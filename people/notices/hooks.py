from collections.abc import Iterable

from core.hooks import Hook
from people.accounts.models import Person
from people.mail.actions import Draft

show_mails = Hook[[], Iterable[Draft]](
    "people.notices.hooks.show_mails",
    """
    Show every mail of a capability with an invented content: for the page where planners see what
    people get. The kinds of these mails are what a person chooses among.

    Takes nothing; gives drafts, made by the functions that make the real ones, from rows that are
    not saved. No query.
    """,
)


def someone(name: str = "Aïcha Benyahia", **fields: object) -> Person:
    """An invented person, not saved: for mails that are shown."""
    return Person(pk=0, full_name=name, email="aicha@example.com", **fields)
