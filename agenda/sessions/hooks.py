"""What others say of a session on its pages and in a person's day: panels, reviews, insights, groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.hooks import Hook
from events.kickoff.models import Kickoff
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Beside:
    """
    A button on the page of a session. `warns` is a sentence that must not be missed, with its
    heading: it stands above all else there.
    """

    label: str
    url: str
    icon: str
    heading: str = ""
    warns: str = ""


show_on_session = Hook[[Kickoff, int, str, Person], Iterable[Beside]](
    "agenda.sessions.hooks.show_on_session",
    """
    Lead from the page of a session to what belongs to it: its panel, its review, its insights.

    Takes the kickoff, the id of the session, its type and who looks, on the planner's page of the
    draft and on that of the released session alike; gives buttons, each only if the person may
    open it. A type that is not the function's own costs no query.
    """,
)


def beside(kickoff: Kickoff, session_id: int, kind: str, person: Person) -> list[Beside]:
    """All buttons of a session for whoever looks."""
    return [one for found in show_on_session(kickoff, session_id, kind, person) for one in found]


find_seats = Hook[[Kickoff, Person], Mapping[int, str]](
    "agenda.sessions.hooks.find_seats",
    """
    Say where a person sits in a session: in which group, at which table, and whether they lead it.

    Takes the kickoff and the person; gives a few words by the id of each session. One query a
    function, and one that is kept for a minute.
    """,
)


def seats_of(kickoff: Kickoff, person: Person) -> dict[int, str]:
    """Where somebody sits, by the id of the session."""
    return {pk: words for found in find_seats(kickoff, person) for pk, words in found.items()}
