"""
What the shell of every page shows: the kickoff in use, the sections, the person.

To add a page, add one `Item` line below: its URL name, label, icon, who sees it. An item is
current on its own page; on any other page of its URL namespace, or of a name that begins with one
of `also`, the first such item is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from events.kickoff.models import Kickoff
from events.kickoff.rules import Day, day_of
from people.accounts.models import Person
from people.changes.queries import waiting_count
from people.org.queries import reports_of
from sko_planner.in_use import COOKIE
from sko_planner.reach import LINE, NOTES, REPORTS, SEAT, most_relevant, visible_kickoffs

PLANNER, REVOPS, EXECUTIVE, MANAGER, REP = "planner", "revops", "executive", "manager", "rep"
APPROVER = "approver"  # of the packets of the kickoff in use, whatever else they are
DESK = frozenset({PLANNER, REVOPS, EXECUTIVE, MANAGER})
ALL_ROLES = DESK | {REP}
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Item:
    """One line of the sidebar, or one tab of a rep."""

    url_name: str
    label: object  # a lazy translation
    icon: str
    roles: frozenset[str]
    needs_kickoff: bool = True
    also: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()  # roles that have a line of their own for it
    needs: str = ""  # what somebody has to have at the kickoff in use, by a name of `reach`
    count: Callable[[], int] | None = None  # how much waits there; one query

    def is_for(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles sees it."""
        return bool(self.roles & roles) and not self.unless & roles

    def covers(self, view_name: str) -> bool:
        """Whether a page belongs to this item, unless another item is that very page."""
        if self.also and view_name.startswith(self.also):
            return True
        namespace, separator, _name = self.url_name.rpartition(":")
        return bool(separator) and view_name.startswith(f"{namespace}:")


@dataclass(frozen=True)
class Section:
    """A part of the sidebar; `phase` gives its dot: before, during, after or none."""

    title: object
    phase: str
    items: tuple[Item, ...]


WATCHERS = frozenset({PLANNER, EXECUTIVE})
PLANNERS = frozenset({PLANNER})
MANAGERS = frozenset({MANAGER})

SECTIONS: tuple[Section, ...] = (
    Section(
        "",
        "",
        (
            Item("kickoff_home", _("Kickoff home"), "home", WATCHERS),
            Item("reinforcement:coaching:team", _("My team"), "users", MANAGERS, needs=REPORTS),
            Item("my_kickoff", _("My own kickoff"), "user", MANAGERS, needs=SEAT),
        ),
    ),
    Section(
        _("Before"),
        "before",
        (
            Item("events:bets:list", _("Big bets"), "target", PLANNERS),
            Item("events:planning:list", _("Timeline"), "list-check", PLANNERS),
            Item("events:attendance:roster", _("Roster"), "address-book", WATCHERS | {REVOPS}),
            Item(
                "events:deals:list",
                _("Deals"),
                "briefcase",
                PLANNERS | {REVOPS},
                needs_kickoff=False,
            ),
            Item("events:prework:board", _("Pre-work"), "book", PLANNERS),
            Item("events:prework:team", _("Team pre-work"), "book", MANAGERS, needs=LINE),
            Item(
                "events:packets:territories:plan", _("Territories"), "map-pin", frozenset({REVOPS})
            ),
            Item("events:packets:quotas:plan", _("Quotas"), "sitemap", frozenset({REVOPS})),
            Item("events:packets:comp:list", _("Comp plans"), "coin", frozenset({REVOPS})),
            Item(
                "events:packets:delivery:desk",
                _("Packets"),
                "file-dollar",
                frozenset({REVOPS}),
                also=("events:packets:coverage:",),
            ),
            Item(
                "events:packets:inquiries:inbox",
                _("Packet questions"),
                "message-question",
                frozenset({REVOPS}),
            ),
            Item(
                "events:packets:delivery:approval",
                _("Approve packets"),
                "user-check",
                frozenset({APPROVER}),
            ),
            Item(
                "events:packets:records:retention",
                _("Packet records"),
                "archive",
                frozenset({REVOPS}),
            ),
            Item(
                "events:packets:letters:run", _("Letters"), "file-certificate", frozenset({REVOPS})
            ),
            Item("events:packets:coverage:board", _("Packet coverage"), "file-dollar", WATCHERS),
            Item(
                "events:packets:coverage:report",
                _("Team packets"),
                "file-dollar",
                MANAGERS,
                also=("events:packets:delivery:",),
            ),
            # Questions quote figures, which planners and executives with reports do not read
            Item(
                "events:packets:inquiries:team",
                _("Team questions"),
                "message-question",
                MANAGERS,
                unless=WATCHERS,
            ),
        ),
    ),
    Section(
        _("During"),
        "during",
        (
            Item(
                "agenda:sessions:grid",
                _("Agenda"),
                "calendar-event",
                PLANNERS,
                also=("agenda:rooms:",),
            ),
            Item(
                "agenda:sessions:mine",
                _("Agenda"),
                "calendar-event",
                DESK - PLANNERS,
                unless=PLANNERS,
            ),
        ),
    ),
    Section(
        _("After"),
        "after",
        (
            Item("reinforcement:campaigns:plan", _("Campaign"), "route", PLANNERS),
            Item("events:questions:list", _("Questions"), "help-circle", PLANNERS),
            Item(
                "reinforcement:touches:follow_ups",
                _("Follow-ups"),
                "checklist",
                MANAGERS,
                needs=REPORTS,
            ),
            Item(
                "reinforcement:coaching:notes",
                _("Coaching notes"),
                "notebook",
                MANAGERS,
                needs=NOTES,
            ),
            Item(
                "reinforcement:assessments:certifications",
                _("Certification"),
                "certificate",
                MANAGERS,
                needs=REPORTS,
            ),
            Item("reinforcement:assessments:results", _("Results"), "chart-bar", WATCHERS),
        ),
    ),
    Section(
        _("Company"),
        "",
        (
            Item(
                "people:accounts:list",
                _("Accounts"),
                "users-group",
                WATCHERS | {REVOPS},
                needs_kickoff=False,
                also=("people:org:", "people:calendar:"),
            ),
            Item(
                "people:changes:list",
                _("Changes to confirm"),
                "user-check",
                frozenset({REVOPS}),
                needs_kickoff=False,
                count=waiting_count,
            ),
            Item("people:mail:outbox", _("Outbox"), "mail", PLANNERS, needs_kickoff=False),
        ),
    ),
)

# What a rep sees about themselves: at most five
REP_TABS: tuple[Item, ...] = (
    Item("my_kickoff", _("Today"), "home", ALL_ROLES, needs=SEAT),
    Item("agenda:sessions:mine", _("Agenda"), "calendar-event", ALL_ROLES),
    Item(
        "events:packets:delivery:mine",
        _("Packet"),
        "file-dollar",
        frozenset({REP}),
        needs=SEAT,
        also=("events:packets:inquiries:",),
    ),
    Item("events:bets:mine", _("My plan"), "target", ALL_ROLES),
    Item("reinforcement:touches:mine", _("Practice"), "bulb", ALL_ROLES),
)


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
    links: list[Link]


@dataclass(frozen=True)
class Choice:
    """One kickoff in the switcher."""

    kickoff: Kickoff
    url: str
    is_current: bool


class Navigation:
    """The shell of one page. Nothing is read before a template asks; then two queries, three of RevOps."""

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        self.person: Person = request.user  # type: ignore[assignment]  # our pages have nobody else
        self.view_name = match.view_name if match else ""
        self.slug = str(match.kwargs.get("slug", "")) if match else ""
        self.last_slug = request.COOKIES.get(COOKIE, "")
        self.today = timezone.now().date()

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
        roles = roles_of(self.person, has_reports=reports_of(self.person, timezone.now()).exists())
        approves = getattr(self.kickoff, "is_approved_by_them", False)
        return roles | {APPROVER} if approves else roles

    @property
    def has_desk(self) -> bool:
        """Whether the person works in the sidebar shell, or only sees what is about themselves."""
        return bool(self.roles & DESK)

    @cached_property
    def sections(self) -> list[Group]:
        """The sidebar: sections with at least one item for this person."""
        mine = [(section, self._mine(section.items)) for section in SECTIONS]
        current = self._current([item for _section, items in mine for item in items])
        return [
            Group(section.title, section.phase, [self._link(item, current) for item in items])
            for section, items in mine
            if items
        ]

    @cached_property
    def tabs(self) -> list[Link]:
        """The tabs of what the person sees about themselves."""
        mine = self._mine(REP_TABS)
        current = self._current(mine)
        return [self._link(item, current) for item in mine]

    @cached_property
    def choices(self) -> list[Choice]:
        """The kickoff switcher."""
        return [
            Choice(kickoff, self.kickoff_url(kickoff), kickoff == self.kickoff)
            for kickoff in self.kickoffs
        ]

    def kickoff_url(self, kickoff: Kickoff) -> str:
        """The first page of a kickoff: it sends each person on to theirs."""
        return reverse("kickoff_home", kwargs={"slug": kickoff.slug})

    def _mine(self, items: Sequence[Item]) -> list[Item]:
        return [
            item
            for item in items
            if item.is_for(self.roles)
            and (self.kickoff or not item.needs_kickoff)
            and (not item.needs or self.has(item.needs))
        ]

    def _current(self, items: Sequence[Item]) -> Item | None:
        own = (item for item in items if item.url_name == self.view_name)
        around = (item for item in items if item.covers(self.view_name))
        return next(own, None) or next(around, None)

    def _link(self, item: Item, current: Item | None) -> Link:
        kwargs = {"slug": self.kickoff.slug} if item.needs_kickoff and self.kickoff else None
        count = item.count() if item.count else 0
        url = reverse(item.url_name, kwargs=kwargs)
        return Link(url, item.label, item.icon, item is current, count)


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of every page: `nav` (lazy; None for the anonymous) and the chosen `theme`."""
    theme = request.COOKIES.get("theme", "")
    context: dict[str, object] = {"theme": theme if theme in THEMES else ""}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["nav"] = SimpleLazyObject(lambda: Navigation(request))
    return context


def roles_of(person: Person, *, has_reports: bool) -> frozenset[str]:
    """All that a person is. Whoever is nothing else is a rep."""
    held = {
        PLANNER: person.is_planner,
        REVOPS: person.is_revops,
        EXECUTIVE: person.is_executive,
        MANAGER: has_reports,
    }
    return frozenset(role for role, holds in held.items() if holds) or frozenset({REP})
