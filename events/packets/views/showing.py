"""What the pages with figures share: they are kept nowhere, and one that cannot be opened says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from core.ui.figures import money
from events.packets import queries
from events.packets.models import PacketVersion
from events.packets.rules import curves, states, words
from events.packets.rules.content import Content
from events.packets.rules.sealing import Unreadable
from people.accounts.requests import AuthenticatedRequest

P = ParamSpec("P")
View = Callable[Concatenate[AuthenticatedRequest, P], HttpResponse]
BAR_PARTS = 100


def keeps_figures(view: View[P]) -> View[P]:
    """For a page with figures: no cache stores it; a packet that no key opens is explained."""

    @wraps(view)
    def kept(request: AuthenticatedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Unreadable:
            response = render(request, "events/packets/unreadable.html", status=500)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return kept


def figures_of(version: PacketVersion) -> dict[str, Any]:
    """What a page about one version shows of its content."""
    content = version.read()
    before = queries.version_before(version)
    return {
        "version": version,
        "kind": states.kind(version.state),
        "word": states.word(version.state),
        "content": content,
        "before": before,
        "changes": queries.changes_in(version, before),
        "curve": curves.draw(content, width=380, height=210),
        "finding": _finding(content),
        "pays_target": words.pays_target(content),
        "plan": words.plan_sentences(content.comp.plan),
        "examples": words.examples(content),
        "named": words.named(content.territory.accounts, 2),
        "periods": _periods(content),
    }


def _finding(content: Content) -> dict[str, str]:
    _half, at_quota, above = words.examples(content)
    return {
        "at_quota": money(at_quota.earned, content.currency),
        "above": money(above.earned, content.currency),
    }


def _periods(content: Content) -> list[dict[str, Any]]:
    largest = max(period.amount for period in content.quota.periods) or 1
    return [
        {
            "name": words.period_name(period),
            "amount": period.amount,
            "width": f"{period.amount / largest * BAR_PARTS:.1f}",
        }
        for period in content.quota.periods
    ]
