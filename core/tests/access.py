"""
The rows of the access matrix: each URL, each role, the expected answer.

Every capability keeps its rows in `<app>/tests/<capability>/matrix.py`:
`ROWS`, and `prepare(world)` where its URLs need something to point at.
A URL with no row fails `sko_planner/tests/roles/test_access_matrix.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# `rep` reports to `manager`, `peer` to `other_manager`; all four are on the roster.
# `outsider` may sign in but is on no roster.
ROLES = (
    "anonymous",
    "outsider",
    "rep",
    "peer",
    "manager",
    "other_manager",
    "planner",
    "revops",
    "executive",
)
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
ON_THE_ROSTER = frozenset({"rep", "peer", "manager", "other_manager"})
SEE_KICKOFF = ON_THE_ROSTER | {"planner", "revops", "executive"}
PLANNERS = frozenset({"planner"})
REVOPS = frozenset({"revops"})


def nothing(world: Any) -> dict[str, Any]:
    return {}


def slug(world: Any) -> dict[str, Any]:
    """The kwargs of a URL that names only the kickoff."""
    return {"slug": world.kickoff.slug}


@dataclass(frozen=True)
class Row:
    """
    One URL, and who gets an answer. Everybody else signed in gets 404; the anonymous are sent to
    sign in. `ok` are the answers of those who are allowed in.
    """

    url: str
    allowed: frozenset[str]
    kwargs: Callable[[Any], Mapping[str, Any]] = nothing
    method: str = "get"
    data: Callable[[Any], Mapping[str, Any]] = nothing
    ok: frozenset[int] = field(default=frozenset({200, 204, 302}))
    login: frozenset[int] = field(default=frozenset({302}))  # the anonymous; API: 401
