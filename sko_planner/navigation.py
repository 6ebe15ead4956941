"""What the shell of every page shows: the kickoff in use, the sections, the person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from events.kickoff.models import Kickoff
from events.kickoff.rules import Day, day_of
from people.accounts.models import Person
from people.org.queries import has_reports
from people.waiting.actions import standing_now
from people.waiting.models import Standing
from sko_planner.in_use import COOKIE
from sko_planner.reach import REPORTS, most_relevant, visible_kickoffs
from sko_planner.sections import (
    APPROVER,
    BUDGET_OWNER,
    DESK,
    EXECUTIVE,
    GUEST,
    INSIGHT_OWNER,
    MANAGER,
    NEEDS_MANAGER,
    OTHER_DESKS,
    PLANNER,
    REP,
    REVOPS,
    SECTIONS,
    Item,
)
from sko_planner.tabs import REP_TABS

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Link:
    """An item as one page shows it."""

    url: str
    label: object
    icon: str
    is_current: bool
    count: int = 0  # how much waits there; 0 is not shown


@dataclass(frozen=True)
class Group:
    """A section as one page shows it, never empty."""

    title: object
    phase: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Choice:
    """One kickoff in the switcher."""

    kickoff: Kickoff
    url: str
    is_current: bool


class Navigation:
    """The shell of one page. Nothing is read before a template asks; then three queries."""

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        self.person: Person = request.user  # type: ignore[assignment]  # our pages have nobody else
        self.view_name = match.view_name if match else ""
        self.slug = str(match.kwargs.get("slug", "")) if match else ""
        self.last_slug = request.COOKIES.get(COOKIE, "")
        self.today = timezone.now().date()

    @cached_property
    def standing(self) -> Standing | None:
        """What waits for the person and is new, as it was last counted. One query."""
        return standing_now(person=self.person, at=timezone.now())

    @cached_property
    def kickoffs(self) -> list[Kickoff]:
        """The kickoffs that the person may see, newest first."""
        return visible_kickoffs(self.person)

    @cached_property
    def kickoff(self) -> Kickoff | None:
        """The kickoff in use: the page's own, else the last shown, else what matters today."""
        by_slug = {kickoff.slug: kickoff for kickoff in self.kickoffs}
        return by_slug.get(self.slug) or by_slug.get(self.last_slug) or self.foremost

    @property
    def foremost(self) -> Kickoff | None:
        """The kickoff that matters most today, of those that the person may see."""
        return most_relevant(self.kickoffs, self.today)

    @property
    def day(self) -> Day | None:
        """Where today, at the venue, is on the season of the kickoff in use."""
        found = self.kickoff
        if found is None:
            return None
        return day_of(found.starts_date, found.ends_date, found.local_date(timezone.now()))

    def has(self, need: str) -> bool:
        """Whether the kickoff in use, as far as it is shown to people, holds a page's need."""
        kickoff = self.kickoff
        return bool(kickoff and kickoff.is_shown_to_people and getattr(kickoff, need))

    @cached_property
    def roles(self) -> frozenset[str]:
        """All that the person is: a planner with reports is a manager too."""
        roles = roles_of(self.person, has_reports=has_reports(self.person, timezone.now()))
        beside = {
            APPROVER: "is_approved_by_them",
            BUDGET_OWNER: "is_paid_by_them",
            NEEDS_MANAGER: "is_cared_for_by_them",
            INSIGHT_OWNER: "is_answered_by_them",
        }
        return roles | {role for role, name in beside.items() if getattr(self.kickoff, name, False)}

    @property
    def has_desk(self) -> bool:
        """Whether the person works in the sidebar shell, or only sees what is about themselves."""
        return bool(self.roles & DESK)

    @cached_property
    def sections(self) -> list[Group]:
        """The sidebar: sections with at least one item for this person."""
        mine = [(section, self.mine(section.items)) for section in SECTIONS]
        current = self._current([item for _section, items in mine for item in items])
        return [
            Group(section.title, section.phase, tuple(self._link(item, current) for item in items))
            for section, items in mine
            if items
        ]

    @cached_property
    def tabs(self) -> list[Link]:
        """The tabs of what the person sees about themselves."""
        mine = self.mine(REP_TABS)
        current = self._current(mine)
        return [self._link(item, current) for item in mine]

    @cached_property
    def choices(self) -> list[Choice]:
        """The kickoff switcher."""
        return [
            Choice(kickoff, self.kickoff_url(kickoff), kickoff == self.kickoff)
            for kickoff in self.kickoffs
        ]

    def url_of(self, item: Item) -> str:
        """Where an item leads, at the kickoff in use."""
        kwargs = {"slug": self.kickoff.slug} if item.needs_kickoff and self.kickoff else None
        return reverse(item.url_name, kwargs=kwargs)

    def kickoff_url(self, kickoff: Kickoff) -> str:
        """The first page of a kickoff: it sends each person on to theirs."""
        return reverse("kickoff_home", kwargs={"slug": kickoff.slug})

    def mine(self, items: Iterable[Item]) -> list[Item]:
        """Those of some items that are for the person, at the kickoff in use."""
        return [
            item
            for item in items
            if item.is_for(self.roles)
            and (self.kickoff or not item.needs_kickoff)
            and (not item.needs or self.has(item.needs))
            and not (item.in_team and self.roles & OTHER_DESKS and self.has(REPORTS))
        ]

    def _current(self, items: Sequence[Item]) -> Item | None:
        own = (item for item in items if item.url_name == self.view_name)
        claimed = (item for item in items if item.claims(self.view_name))
        around = (item for item in items if item.surrounds(self.view_name))
        return next(own, None) or next(claimed, None) or next(around, None)

    def _link(self, item: Item, current: Item | None) -> Link:
        count = 0
        if item.counts and self.standing:
            place = self.kickoff.slug if item.needs_kickoff and self.kickoff else ""
            count = self.standing.count(*item.counts, place=place)
        return Link(self.url_of(item), item.label, item.icon, item is current, count)


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of every page: `nav` (lazy; None for the anonymous) and the chosen `theme`."""
    theme = request.COOKIES.get("theme", "")
    context: dict[str, object] = {"theme": theme if theme in THEMES else ""}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["nav"] = SimpleLazyObject(lambda: Navigation(request))
    return context


def roles_of(person: Person, *, has_reports: bool) -> frozenset[str]:
    """All that a person is. Whoever is nothing else is a rep; a guest is nothing else."""
    if person.is_guest:
        return frozenset({GUEST})
    held = {
        PLANNER: person.is_planner,
        REVOPS: person.is_revops,
        EXECUTIVE: person.is_executive,
        MANAGER: has_reports,
    }
    return frozenset(role for role, holds in held.items() if holds) or frozenset({REP})
