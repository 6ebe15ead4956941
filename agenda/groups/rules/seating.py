"""One round being worked on: who sits where, what it costs, and what a swap would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from agenda.groups.rules.bounds import few_of
from agenda.groups.rules.people import Crowd, Flags, Ints

HARD = 10_000  # what one broken rule costs: more than all wishes of one person together
Costs = npt.NDArray[np.float32]


class Seating:
    """
    The members of a round in groups, each anchored to whoever leads it.

    `members` and `leaders` are numbers of the crowd (a leader of −1: nobody), `met` the pairs that
    may not meet again, `sizes` how many sit in each group. Everything else counts by place in
    `members`. `pull` is what each member costs in each group beside those who sit there, kept up to
    date with each swap, so that weighing one is a few operations on vectors.
    """

    def __init__(
        self,
        crowd: Crowd,
        members: Sequence[int] | Ints,
        leaders: Sequence[int],
        sizes: Sequence[int],
        met: Flags,
    ) -> None:
        self.crowd, self.settings = crowd, crowd.settings
        self.members = np.array(members, np.int64)
        self.leaders = np.array(leaders, np.int64)
        self.sizes = np.array(sizes, np.int64)
        self.size, self.groups = len(members), len(leaders)
        self.group: Ints = np.full(self.size, -1, np.int64)
        self.fixed: Flags = np.zeros(self.size, bool)
        self.pairs = self._pairs(met)
        self.alone = self._with_leaders(met)
        self.pull: Costs = self.alone.copy()
        self.own: Costs = np.zeros(self.size, np.float32)
        self._count_traits()

    def _pairs(self, met: Flags) -> Costs:
        """What each two members cost in one group."""
        crowd, members = self.crowd, self.members
        bad = crowd.apart | met if self.settings.fresh else crowd.apart
        pairs = np.ix_(members, members)
        cost: Costs = crowd.alike[pairs]
        cost += bad[pairs] * np.float32(HARD)
        np.fill_diagonal(cost, 0)
        return cost

    def _with_leaders(self, met: Flags) -> Costs:
        """What each member costs in each group by whom it has as leader: groups × members."""
        cost: Costs = np.zeros((self.groups, self.size), np.float32)
        if not self.settings.led:
            return cost
        crowd = self.crowd
        bad = crowd.apart | met if self.settings.fresh else crowd.apart
        led = np.flatnonzero(self.leaders >= 0)
        cost[led] += bad[np.ix_(self.leaders[led], self.members)] * np.float32(HARD)
        if self.settings.apart == "EVERY":
            regions = crowd.region[self.members]
            same = (regions[None, :] == crowd.region[self.leaders[led]][:, None]) & (regions >= 0)
            cost[led] += same * np.float32(HARD)
        return cost

    def _count_traits(self) -> None:
        """Teams, regions and values in each group, which no pair of people tells by itself."""
        crowd = self.crowd
        self.team, self.region = crowd.team[self.members], crowd.region[self.members]
        self.most = self.settings.most_of_team
        self.teams = np.zeros((self.groups, len(crowd.teams) + 1), np.int64)  # the last: of none
        self.regions = np.zeros((self.groups, len(crowd.regions) + 1), np.int64)
        self.of_leader: Ints = np.full(self.groups, -1, np.int64)
        if self.settings.led:
            led = np.flatnonzero(self.leaders >= 0)
            self.of_leader[led] = crowd.region[self.leaders[led]]
            np.add.at(self.teams, (led, crowd.team[self.leaders[led]]), 1)
        self.majority = self.settings.led and self.settings.apart == "MAJORITY"
        # How many of the leader's region sit in each group, and how many surely are no majority
        self.near = np.zeros(self.groups, np.int64)
        self.nearest = np.array([few_of(size, len(crowd.regions)) for size in self.sizes], np.int64)
        self.value = crowd.value[self.members]
        total = int(self.value.sum())
        self.weight = self.settings.value if total else 0
        # In units of one `size`-th, so that shares of a total are whole numbers
        self.target = total * self.sizes
        self.step = max(1, total * self.size // (10 * max(1, self.groups)))
        self.sums = np.zeros(self.groups, np.int64)

    # Who sits where

    def put(self, who: int, group: int) -> None:
        """Put somebody who sits nowhere into a group."""
        self.group[who] = group
        self.pull[group] += self.pairs[who]
        self.teams[group, self.team[who]] += 1
        self.regions[group, self.region[who]] += 1
        self.near[group] += self.region[who] >= 0 and self.region[who] == self.of_leader[group]
        self.sums[group] += self.value[who]

    def take(self, who: int) -> int:
        """Take somebody out of their group, and say which it was."""
        group = int(self.group[who])
        self.group[who] = -1
        self.pull[group] -= self.pairs[who]
        self.teams[group, self.team[who]] -= 1
        self.regions[group, self.region[who]] -= 1
        self.near[group] -= self.region[who] >= 0 and self.region[who] == self.of_leader[group]
        self.sums[group] -= self.value[who]
        return group

    def swap(self, one: int, other: int) -> None:
        """Let two people of two groups sit where the other did."""
        first, second = self.take(one), self.take(other)
        self.put(one, second)
        self.put(other, first)
        touched = np.flatnonzero((self.group == first) | (self.group == second))
        self.own[touched] = self.pull[self.group[touched], touched]

    def seat(self, groups: Sequence[int]) -> None:
        """Seat everybody at once: the group of each member."""
        for who, group in enumerate(groups):
            self.put(who, group)
        self.settle()

    def settle(self) -> None:
        """Count anew what each member costs where they sit."""
        self.own = self.pull[self.group, np.arange(self.size)]

    # What it costs

    def unevenness(self, sums: Ints, groups: Ints | slice = slice(None)) -> Ints:
        """How far sums of values are from an even share: 0 within a tenth, then one a tenth."""
        off = np.abs(sums * self.size - self.target[groups])
        found: Ints = np.maximum(0, -(-off // self.step) - 1)
        return found

    def broken(self) -> int:
        """How many hard rules are broken, counted by pairs, people too many and regions."""
        hard = np.rint(self.own / HARD)
        alone = np.rint(self.alone[self.group, np.arange(self.size)] / HARD)
        pairs = int((hard - alone).sum()) // 2
        return pairs + int(alone.sum()) + self._too_many() + self._too_near()

    def _too_many(self) -> int:
        if not self.most:
            return 0
        return int(np.maximum(0, self.teams[:, :-1] - self.most).sum())

    def _too_near(self) -> int:
        """By how many people the leader's region has as many in a group as any other region."""
        if not self.majority:
            return 0
        led = np.flatnonzero(self.near)
        others = self.regions[led, :-1].copy()  # the last are of no region
        others[np.arange(len(led)), self.of_leader[led]] = 0
        return int(np.maximum(0, self.near[led] - others.max(axis=1) + 1).sum()) if len(led) else 0

    def cost(self) -> int:
        """What the wishes cost that are not met; broken rules are counted apart."""
        cost = 0
        for weight, trait in self.crowd.wanted:
            cost += weight * _alike(self.group, trait[self.members], self.groups)
        return cost + self.weight * int(self.unevenness(self.sums).sum())

    def bound(self) -> int:
        """What any seating in these groups costs at least: each trait spread as evenly as can be."""
        least = 0
        for weight, trait in self.crowd.wanted:
            mine = trait[self.members]
            counts = np.bincount(mine[mine >= 0])
            low, more = counts // self.groups, counts % self.groups
            pairs = more * (low + 1) * low + (self.groups - more) * low * (low - 1)
            least += weight * int(pairs.sum()) // 2
        return least

    # What a swap would change

    def conflicts(self) -> Ints:
        """The members who break a hard rule where they sit."""
        bad = self.own >= HARD / 2
        if self.most:
            bad |= (self.teams[self.group, self.team] > self.most) & (self.team >= 0)
        if self.majority:
            crowded = (self.near > self.nearest)[self.group]
            bad |= crowded & (self.region == self.of_leader[self.group])
        found: Ints = np.flatnonzero(bad & ~self.fixed)
        return found

    def best_swap(self, who: int, barred: Flags) -> tuple[int, float]:
        """With whom to swap somebody, none of the barred, and what that changes: below 0 is better."""
        here, group = int(self.group[who]), self.group
        column = self.pull[:, who]
        change = column[group]
        change += self.pull[here]
        change -= self.own
        change -= 2 * self.pairs[who]
        change -= column[here]
        if self.most:
            self._add_teams(change, who, here)
        if self.majority:
            self._add_regions(change, who, here)
        if self.weight:
            self._add_values(change, who, here)
        change[(group == here) | self.fixed | barred] = np.inf
        other = int(change.argmin())
        return other, float(change[other])

    def _add_teams(self, change: Costs, who: int, here: int) -> None:
        mine, teams, most = int(self.team[who]), self.team, self.most
        full_here = self.teams[here] >= most
        full_here[-1] = False  # of no team
        more = full_here[teams].astype(np.int64)
        more -= self.teams[self.group, teams] > most
        if mine >= 0:
            more += (self.teams[:, mine] >= most)[self.group]
            more -= int(self.teams[here, mine] > most)
        more[teams == mine] = 0
        change += HARD * more

    def _add_regions(self, change: Costs, who: int, here: int) -> None:
        mine, group = int(self.region[who]), self.group
        if mine < 0:
            mine = -2
        leads_here = int(self.of_leader[here])
        room = self.near - self.nearest
        now = np.maximum(0, room)
        comes = room[here] - int(mine == leads_here) + (self.region == leads_here)
        there = room + (self.of_leader == mine)
        leaves = there[group] - (self.region == self.of_leader[group])
        change += HARD * (np.maximum(0, comes) + np.maximum(0, leaves) - now[here] - now[group])

    def _add_values(self, change: Costs, who: int, here: int) -> None:
        more = self.value - self.value[who]
        now = self.unevenness(self.sums)
        off = np.abs((self.sums[here] + more) * self.size - self.target[here])
        uneven = np.maximum(0, -(-off // self.step) - 1)
        uneven += self.unevenness(self.sums[self.group] - more, self.group)
        change += self.weight * (uneven - now[self.group] - now[here])


def _alike(group: Ints, trait: Ints, groups: int) -> int:
    """How many pairs of people of one group are alike in a trait."""
    has = trait >= 0
    if not has.any():
        return 0
    kinds = int(trait.max()) + 1
    counts = np.bincount(group[has] * kinds + trait[has], minlength=groups * kinds)
    return int((counts * (counts - 1)).sum()) // 2


def as_json(seating: Seating, seconds: float, workers: int = 2) -> dict[str, Any]:
    """The round of a seating as `proving` reads it."""
    crowd, members = seating.crowd, seating.members
    bad = np.triu(seating.pairs >= HARD / 2)
    led = seating.leaders
    never = np.argwhere((seating.alone >= HARD / 2).T)
    return {
        "start": seating.group.tolist(),
        "sizes": seating.sizes.tolist(),
        "fixed": np.flatnonzero(seating.fixed).tolist(),
        "apart": np.argwhere(bad).tolist(),
        "never": never.tolist(),
        "most_of_team": seating.most,
        "teams": [
            (who, np.flatnonzero((led >= 0) & (crowd.team[led] == code)).tolist())
            for code in range(len(crowd.teams) if seating.most else 0)
            if (who := np.flatnonzero(seating.team == code).tolist())
        ],
        "majority": seating.majority,
        "regions": [
            np.flatnonzero(seating.region == code).tolist() for code in range(len(crowd.regions))
        ],
        "leads": seating.of_leader.tolist(),
        "wanted": [
            (weight, [np.flatnonzero(trait[members] == code).tolist() for code in _kinds(trait)])
            for weight, trait in crowd.wanted
        ],
        "weight": seating.weight,
        "values": seating.value.tolist(),
        "targets": seating.target.tolist(),
        "step": seating.step,
        "seconds": seconds,
        "workers": workers,
    }


def _kinds(trait: Ints) -> range:
    return range(int(trait.max(initial=-1)) + 1)
