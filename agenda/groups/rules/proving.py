"""
The best groups of one round, or how far from them: a process of its own, so that it can be stopped.

It is run as a file, and imports nothing of ours. It reads one round as JSON (`seating.as_json`) and
writes a line of JSON for each better seating, with its cost and what none can be below, and a last
one with `is_over`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ortools.sat.python import cp_model

Asked = dict[str, Any]
Sat = cp_model.CpModel


class _Model:
    """The rules of `Seating`, as a solver of constraints reads them."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.model = asked, Sat()
        self.people, self.groups = len(asked["start"]), len(asked["sizes"])
        self.sits = [
            [self.model.new_bool_var(f"x{who}_{group}") for group in range(self.groups)]
            for who in range(self.people)
        ]
        for who, group in enumerate(asked["start"]):
            self.model.add_exactly_one(self.sits[who])
            for other in range(self.groups):
                self.model.add_hint(self.sits[who][other], other == group)
        for group, size in enumerate(asked["sizes"]):
            self.model.add(sum(one[group] for one in self.sits) == size)
        for who in asked["fixed"]:
            self.model.add(self.sits[who][asked["start"][who]] == 1)
        self._rules()
        self.cost = self._wishes() + self._values()
        self.model.minimize(self.cost)

    def _rules(self) -> None:
        asked, model = self.asked, self.model
        for one, other in asked["apart"]:
            for group in range(self.groups):
                model.add_at_most_one(self.sits[one][group], self.sits[other][group])
        for who, group in asked["never"]:
            model.add(self.sits[who][group] == 0)
        for members, led_by in asked["teams"]:
            for group in range(self.groups):
                most = asked["most_of_team"] - (group in led_by)
                model.add(sum(self.sits[who][group] for who in members) <= most)
        if asked["majority"]:
            self._majority()

    def _majority(self) -> None:
        """Where any sit of the leader's region, more sit of some other one."""
        model, regions = self.model, self.asked["regions"]
        for group, led_by in enumerate(self.asked["leads"]):
            if not 0 <= led_by < len(regions):
                continue
            near = sum(self.sits[who][group] for who in regions[led_by])
            ways = [model.new_bool_var("")]
            model.add(near == 0).only_enforce_if(ways[0])
            for number, members in enumerate(regions):
                if number == led_by:
                    continue
                more = model.new_bool_var("")
                others = sum(self.sits[who][group] for who in members)
                model.add(others >= near + 1).only_enforce_if(more)
                ways.append(more)
            model.add_bool_or(ways)

    def _wishes(self) -> Any:
        """Pairs that share a trait: of c people in a group, c (c − 1) / 2, from below by lines."""
        total: Any = 0
        for weight, kinds in self.asked["wanted"]:
            for members in kinds:
                for group, size in enumerate(self.asked["sizes"]):
                    count = sum(self.sits[who][group] for who in members)
                    most = min(size, len(members))
                    if most < 2:
                        continue
                    pairs = self.model.new_int_var(0, most * (most - 1) // 2, "")
                    for step in range(1, most):
                        self.model.add(pairs >= step * count - step * (step + 1) // 2)
                    total += weight * pairs
        return total

    def _values(self) -> Any:
        asked = self.asked
        if not asked["weight"]:
            return 0
        total: Any = 0
        step, whole = asked["step"], self.people * sum(asked["values"])
        for group, target in enumerate(asked["targets"]):
            value = self.people * sum(
                worth * self.sits[who][group] for who, worth in enumerate(asked["values"]) if worth
            )
            uneven = self.model.new_int_var(0, whole // step + 1, "")
            self.model.add(step * (uneven + 1) >= value - target)
            self.model.add(step * (uneven + 1) >= target - value)
            total += asked["weight"] * uneven
        return total


class _Teller(cp_model.CpSolverSolutionCallback):
    """Writes each better seating as it is found."""

    def __init__(self, model: _Model) -> None:
        super().__init__()
        self.of = model

    def on_solution_callback(self) -> None:
        groups = [
            next(group for group, there in enumerate(row) if self.boolean_value(there))
            for row in self.of.sits
        ]
        _write(
            groups=groups,
            cost=round(self.objective_value),
            bound=round(self.best_objective_bound),
        )


def main() -> None:
    """Read a round, look for the best seating, and tell each better one."""
    asked = json.load(sys.stdin)
    model = _Model(asked)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = asked["seconds"]
    solver.parameters.num_workers = asked["workers"]
    status = solver.solve(model.model, _Teller(model))
    _write(
        is_over=True,
        is_proven=status == cp_model.OPTIMAL,
        cannot_be=status == cp_model.INFEASIBLE,
        bound=max(0, round(solver.best_objective_bound)),
    )


def _write(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
