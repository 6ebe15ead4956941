"""The reps of a roster under the people who lead them, whatever state the manager tree is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

COMPANY = None  # what stands above the first level


@dataclass(frozen=True, slots=True)
class Tree:
    """
    Children by the person above them, `COMPANY` above the first level; each in a given order.

    `head` leads everybody, so the company target is theirs: neither they nor anybody above them is
    a level of its own. `alone` are reps without a manager, `circles` people who manage each other:
    both hang on the company.
    """

    children: Mapping[int | None, tuple[int, ...]]
    head: int | None = None
    alone: tuple[int, ...] = ()
    circles: tuple[int, ...] = ()
    parent: Mapping[int, int | None] = field(init=False, repr=False)
    depth: Mapping[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parent: dict[int, int | None] = {}
        depth: dict[int, int] = {}
        waiting: list[int | None] = [COMPANY]
        while waiting:
            above = waiting.pop()
            for child in self.children.get(above, ()):
                parent[child] = above
                depth[child] = depth.get(above, 0) + 1 if above is not None else 1
                waiting.append(child)
        object.__setattr__(self, "parent", parent)
        object.__setattr__(self, "depth", depth)

    def __contains__(self, person_id: int) -> bool:
        return person_id in self.parent

    def __len__(self) -> int:
        return len(self.parent)

    @property
    def levels(self) -> int:
        """How many steps lead from the company to its furthest rep."""
        return max(self.depth.values(), default=0)

    def leads(self, person_id: int | None) -> bool:
        """Whether somebody in the tree is under this person."""
        return bool(self.children.get(person_id))

    def walk(self, under: int | None = COMPANY) -> Iterator[int]:
        """Everybody below, each followed by those under them: the order of a page."""
        waiting = list(reversed(self.children.get(under, ())))
        while waiting:
            person_id = waiting.pop()
            yield person_id
            waiting += reversed(self.children.get(person_id, ()))

    def reps(self, under: int | None = COMPANY) -> Iterator[int]:
        """Those below who lead nobody."""
        return (person_id for person_id in self.walk(under) if not self.leads(person_id))

    def beside(self, person_id: int) -> list[int]:
        """The other people of the same manager."""
        team = self.children.get(self.parent[person_id], ())
        return [one for one in team if one != person_id]

    def above(self, person_id: int) -> list[int]:
        """The people above somebody, the nearest first; the company is not among them."""
        found = []
        above = self.parent.get(person_id)
        while above is not None:
            found.append(above)
            above = self.parent[above]
        return found


def build_tree(reps: Iterable[int], manager_of: Mapping[int, int | None]) -> Tree:
    """
    Put reps under their managers, up to whoever leads all of them.

    `manager_of` tells the manager of everybody in the company, in the order that siblings keep.
    A circle is cut where the walk meets it, and all in it hang on the company. A rep who leads
    another rep is a manager here.
    """
    reps = list(dict.fromkeys(reps))
    circles = _circles(reps, manager_of)
    wanted: dict[int, int | None] = {}
    for rep in reps:
        person: int | None = rep
        while person is not None and person not in wanted:
            above = manager_of.get(person)
            wanted[person] = COMPANY if person in circles else above
            person = wanted[person]
    order = {person: place for place, person in enumerate(manager_of)}
    children: dict[int | None, list[int]] = {}
    for person in sorted(wanted, key=lambda one: order.get(one, len(order))):
        children.setdefault(wanted[person], []).append(person)
    tops = children.pop(COMPANY, [])
    alone = [top for top in tops if top not in children and top not in circles]
    leaders = [top for top in tops if top in children or top in circles]
    head = None
    while len(leaders) == 1 and leaders[0] in children:
        below = children[leaders[0]]
        head = leaders[0]
        del children[head]
        leaders = below
        if any(one not in children for one in below):
            break  # reps of the head's own: their manager is a level no longer
    found: dict[int | None, tuple[int, ...]] = {COMPANY: tuple(leaders + alone)}
    return Tree(
        found | {person: tuple(below) for person, below in children.items()},
        head=head,
        alone=tuple(alone),
        circles=tuple(one for one in order if one in circles),
    )


def _circles(reps: Iterable[int], manager_of: Mapping[int, int | None]) -> set[int]:
    """Everybody who comes back to themselves on the way up from a rep."""
    done: set[int] = set()
    found: set[int] = set()
    for rep in reps:
        path: list[int] = []
        person: int | None = rep
        while person is not None and person not in done and person not in path:
            path.append(person)
            person = manager_of.get(person)
        if person is not None and person in path:
            found |= set(path[path.index(person) :])
        done |= set(path)
    return found
