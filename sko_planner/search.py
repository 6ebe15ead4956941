"""Search: what somebody may open, by the beginnings of its words. Never a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.folding import matches, words_of
from core.ui.figures import day
from people.accounts.requests import AuthenticatedRequest
from people.search.hooks import Found, Search, find
from sko_planner.navigation import Navigation
from sko_planner.sections import SECTIONS, Item
from sko_planner.tabs import REP_TABS
from sko_planner.verbs import FURTHER, VERBS

LONGEST = 100  # characters that are looked for
MOST, MOST_AT_ONCE = 50, 6  # of one kind: on the page, and beneath the field as one types


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; `more` says that there are others."""

    kind: object
    found: Sequence[Found]
    more: bool


@require_GET
@login_required
def search(request: AuthenticatedRequest) -> HttpResponse:
    nav = Navigation(request)
    context = {**_search(nav, request, MOST), "nav": nav}
    return render(request, "sko_planner/search.html", context)


@require_GET
@login_required
def search_now(request: AuthenticatedRequest) -> HttpResponse:
    """The same as a list to choose from, for the field that every page opens."""
    context = _search(Navigation(request), request, MOST_AT_ONCE)
    return render(request, "sko_planner/_found.html", context)


def _search(nav: Navigation, request: HttpRequest, most: int) -> dict[str, object]:
    said = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    groups = look_for(nav, said, most)
    return {
        "said": said,
        "groups": groups,
        "count": sum(len(group.found) for group in groups),
        "more": any(group.more for group in groups),
    }


def look_for(nav: Navigation, said: str, most: int) -> list[Group]:
    """What somebody may open, by kind, `most` of each. Nothing without words."""
    looked = Search(nav.person, words_of(said), most)
    if not looked.words:
        return []
    by_kind: dict[str, list[Found]] = {}
    for source in (_pages(nav, looked), _kickoffs(nav, looked), *find(looked)):
        for found in source:
            by_kind.setdefault(str(found.kind), []).append(found)
    return [Group(kind, found[:most], len(found) > most) for kind, found in by_kind.items()]


def _pages(nav: Navigation, looked: Search) -> Iterator[Found]:
    """What begins something, then pages: each address once."""
    pages = [*(item for section in SECTIONS for item in section.items), *REP_TABS, *FURTHER]
    seen = set()
    for kind, items in ((_("Actions"), VERBS), (_("Pages"), pages)):
        for item in nav.mine(_named(items, looked)):
            if (url := nav.url_of(item)) not in seen:
                seen.add(url)
                place = nav.kickoff.name if item.needs_kickoff and nav.kickoff else ""
                yield Found(kind, str(item.label), place, url, item.icon)


def _named(items: Iterable[Item], looked: Search) -> Iterator[Item]:
    return (item for item in items if matches(str(item.label), looked.words))


def _kickoffs(nav: Navigation, looked: Search) -> Iterator[Found]:
    for kickoff in nav.kickoffs:
        fields = (kickoff.name, kickoff.theme, kickoff.city, kickoff.venue, kickoff.fiscal_year)
        if matches(" ".join(fields), looked.words):
            dates = f"{day(kickoff.starts_date)} – {day(kickoff.ends_date, 'year')}"
            detail = " · ".join(said for said in (dates, kickoff.city) if said)
            yield Found(_("Kickoffs"), kickoff.name, detail, nav.kickoff_url(kickoff), "flag")
