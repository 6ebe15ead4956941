from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.hooks import Hook
from events.kickoff.models import Kickoff
from events.prework.models import PreworkItem
from people.accounts.models import Person

find_sessions = Hook[[Kickoff], Iterable[tuple[int, str]]](
    "events.prework.hooks.find_sessions",
    """
    Name the sessions whose people pre-work can be for.

    Takes the kickoff; gives the id and the title of each, as a planner knows them.
    """,
)
find_session_people = Hook[[Kickoff, int], Iterable[int] | None](
    "events.prework.hooks.find_session_people",
    """
    Say who is in a session: whom it is for, and who leads it.

    Takes the kickoff and the id of a session; gives the ids of people, or None where the session is
    not of this kickoff. The first answer counts.
    """,
)
find_page = Hook[[PreworkItem, bool], str | None](
    "events.prework.hooks.find_page",
    """
    Say where a kind of pre-work is done and read that has pages of its own.

    Takes an item with its assignment and kickoff, and whether the person does it themselves or a
    reviewer reads it; gives the path, or None for kinds of others. The first path counts.
    """,
)

find_nudges = Hook[[Kickoff, Person, Sequence[int], datetime], Mapping[int, str]](
    "events.prework.hooks.find_nudges",
    """
    Say where a manager reminds people of what is late.

    Takes the kickoff, the manager, the ids of people, and the moment; gives a path to post to for
    each whom they may remind now.
    """,
)


def nudges_of(
    kickoff: Kickoff, manager: Person, person_ids: Sequence[int], at: datetime
) -> dict[int, str]:
    """Where a manager reminds each of some people of what is late."""
    return {
        person: path
        for found in find_nudges(kickoff, manager, person_ids, at)
        for person, path in found.items()
    }


def page_of(item: PreworkItem, *, own: bool) -> str | None:
    """The page of an item outside this capability; None where it has none."""
    return next((path for path in find_page(item, own) if path), None)


def sessions_of(kickoff: Kickoff) -> list[tuple[int, str]]:
    """The sessions whose people pre-work can be for."""
    return [one for found in find_sessions(kickoff) for one in found]


def people_of_session(kickoff: Kickoff, session_id: int) -> list[int]:
    """Who is in a session; nobody, where it is not there any more."""
    found = next((ids for ids in find_session_people(kickoff, session_id) if ids is not None), ())
    return list(found)
