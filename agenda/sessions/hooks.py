"""Where capabilities that a session has of its own stand on its pages: panels, reviews, insights."""

from collections.abc import Iterable
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
