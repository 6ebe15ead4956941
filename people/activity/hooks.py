from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from core.hooks import Hook
from people.accounts.models import Person

hold_back = Hook[[], Q](
    "people.activity.hooks.hold_back",
    """
    Tell which entries of the trail the person whom they are about may not read yet.

    Takes nothing; gives a condition on entries. What it holds back stays in the trail.
    """,
)

show_own = Hook[[Person], Iterable[tuple[str, Sequence[Mapping[str, Any]]]]](
    "people.activity.hooks.show_own",
    """
    Give what a capability keeps of a person, for the file that they may take with them.

    Takes the person; gives lists by name, of rows by column. Only what is theirs to read: nothing
    of another person but a name, and nothing that waits to be released.
    """,
)
