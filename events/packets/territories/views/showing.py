"""What the pages of territories share: the plan of the role in question, and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from events.kickoff.models import Kickoff
from events.packets.territories import queries
from events.packets.territories.models import SalesTerritory
from events.packets.territories.queries import Plan
from events.packets.territories.rules import words
from events.packets.territories.rules.balance import Load


@dataclass(frozen=True)
class Desk:
    """The plan of one role, as every page of it begins."""

    kickoff: Kickoff
    role: str
    roles: Sequence[tuple[str, int]]
    plan: Plan

    @cached_property
    def loads(self) -> dict[int, Load]:
        """What each account weighs, over all years. One query, the first time."""
        return queries.loads_by_account()

    def load(self, territory: SalesTerritory) -> Load:
        """What a territory weighs."""
        return queries.load_of(self.plan.accounts_in[territory.pk], self.loads)

    @property
    def query(self) -> str:
        """What the links of its pages carry on: the role, where there are several."""
        return "?" + urlencode({"role": self.role}) if len(self.roles) > 1 else ""

    def url(self, name: str, **kwargs: Any) -> str:
        path = reverse(
            f"events:packets:territories:{name}", kwargs={"slug": self.kickoff.slug, **kwargs}
        )
        return f"{path}{self.query}"

    @property
    def context(self) -> dict[str, Any]:
        return {"desk": self, "kickoff": self.kickoff, "plan": self.plan, "gaps": self.plan.gaps}


def open_desk(request: HttpRequest, kickoff: Kickoff, role: str = "") -> Desk:
    """The plan that a page is about: of the role in its URL, else of the largest."""
    roles = queries.roles_of(kickoff)
    said = role or request.POST.get("role") or request.GET.get("role") or ""
    role = queries.role_asked(roles, said)
    return Desk(kickoff, role, roles, queries.read_plan(kickoff, role))


def told(load: Load) -> dict[str, Any]:
    """A load as cells of a row show it."""
    return {
        "accounts": load.accounts,
        "open_deals": load.open_deals,
        "pipeline": words.pipeline(load),
        "pipeline_short": words.pipeline(load, short=True),
        "won": words.amounts(load.won),
        "won_short": words.amounts(load.won, short=True),
    }
