"""
The lines of the sidebar: who sees which page, and what is counted there. `tabs` has those of a rep.

To add a page, add one `Item` line below: its URL name, label, icon, who sees it. An item is
current on its own page; on any other page of a name that begins with one of `also`, else of its
URL namespace, the first such item is. Nobody with one role sees more than fourteen lines.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sko_planner.reach import LINE, NOTES, REPORTS, SEAT

PLANNER, REVOPS, EXECUTIVE, MANAGER, REP = "planner", "revops", "executive", "manager", "rep"
BUDGET_OWNER = "budget_owner"  # of the kickoff in use, whatever else they are
NEEDS_MANAGER = "needs_manager"  # of the kickoff in use, whatever else they are
GUEST = "guest"  # from outside: nothing else
INSIGHT_OWNER = "insight_owner"  # of the kickoff in use, whatever else they are
APPROVER = "approver"  # of the packets of the kickoff in use, whatever else they are
OTHER_DESKS = frozenset({PLANNER, REVOPS, EXECUTIVE})
DESK = OTHER_DESKS | {MANAGER}
ALL_ROLES = DESK | {REP}


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
    in_team: bool = False  # whoever has another desk and direct reports reaches it from My team
    needs: str = ""  # what somebody has to have at the kickoff in use, by a name of `reach`
    counts: tuple[str, ...] = ()  # what waits there: kinds of `people.waiting`, or how they begin

    def is_for(self, roles: frozenset[str]) -> bool:
        """Whether somebody with these roles sees it."""
        return bool(self.roles & roles) and not self.unless & roles

    def claims(self, view_name: str) -> bool:
        """Whether the item says by name that a page belongs to it."""
        return bool(self.also) and view_name.startswith(self.also)

    def surrounds(self, view_name: str) -> bool:
        """Whether a page stands beside the item's own, in its URL namespace."""
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

REVOPS_ALONE = frozenset({REVOPS})

# What of one's own waits, as a tab of a rep or the line of somebody who has a desk besides
OWN_PACKET = (
    "packets.read",
    "packets.sign",
    "packets.accept",
    "inquiries.read",
    "inquiries.shared",
    "reviews.",
)
_OWN = (
    "attendance.",
    "needs.",
    "prework.",
    "agenda.",
    "clinics.",
    "touches.",
    "commitments.",
    "notes.",
    "panels.",
    "winloss.",
    *OWN_PACKET,
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "",
        "",
        (
            Item(
                "kickoff_home",
                _("Kickoff home"),
                "home",
                WATCHERS,
                also=("events:readiness:",),
            ),
            Item("my_kickoff", _("My own kickoff"), "user", MANAGERS, needs=SEAT, counts=_OWN),
            Item(
                "events:packets:delivery:approval",
                _("Approve packets"),
                "user-check",
                frozenset({APPROVER}),
                counts=("packets.approve",),
            ),
        ),
    ),
    Section(
        _("My team"),
        "",
        (
            Item(
                "reinforcement:coaching:team",
                _("My team"),
                "users",
                MANAGERS,
                needs=REPORTS,
                also=("reinforcement:touches:",),
                counts=("team.",),
            ),
            Item(
                "events:prework:team",
                _("Team pre-work"),
                "book",
                MANAGERS,
                in_team=True,
                needs=LINE,
                also=("events:strategies:read",),
                counts=("team.prework",),
            ),
            Item(
                "events:packets:coverage:report",
                _("Team packets"),
                "file-dollar",
                MANAGERS,
                in_team=True,
                also=("events:packets:delivery:",),
            ),
            # Questions quote figures, which planners and executives with reports do not read
            Item(
                "events:packets:inquiries:team",
                _("Team questions"),
                "message-question",
                MANAGERS,
                unless=WATCHERS,
                counts=("inquiries.answer", "inquiries.comment"),
            ),
            Item(
                "events:commitments:team",
                _("Team plans"),
                "target",
                MANAGERS,
                in_team=True,
                needs=REPORTS,
                also=("events:commitments:report",),
            ),
            Item(
                "agenda:clinics:sheets",
                _("Deals after clinics"),
                "clipboard-text",
                MANAGERS,
                in_team=True,
                needs=LINE,
            ),
            Item(
                "reinforcement:coaching:notes",
                _("Coaching notes"),
                "notebook",
                MANAGERS,
                in_team=True,
                needs=NOTES,
            ),
            Item(
                "reinforcement:assessments:certifications",
                _("Certification"),
                "certificate",
                MANAGERS,
                in_team=True,
                needs=REPORTS,
            ),
        ),
    ),
    Section(
        _("Before"),
        "before",
        (
            Item(
                "events:bets:list",
                _("Big bets"),
                "target",
                PLANNERS,
                also=("events:commitments:board",),
                counts=("bets.",),
            ),
            Item(
                "events:planning:list",
                _("Timeline"),
                "list-check",
                PLANNERS,
                counts=("planning.",),
            ),
            Item(
                "events:budget:page",
                _("Budget"),
                "wallet",
                WATCHERS | {BUDGET_OWNER},
                counts=("budget.",),
            ),
            Item(
                "events:budget:time",
                _("Day rates"),
                "wallet",
                REVOPS_ALONE,
                unless=WATCHERS | {BUDGET_OWNER},
            ),
            Item(
                "events:attendance:roster",
                _("Roster"),
                "address-book",
                WATCHERS | {REVOPS},
                also=(
                    "events:invitations:",
                    "events:attendance:",
                    "events:needs:",
                    "events:guests:",
                ),
                counts=("attendance.decide",),
            ),
            Item(
                "events:needs:list",
                _("Needs"),
                "clipboard-list",
                frozenset({NEEDS_MANAGER}),
                unless=PLANNERS,
            ),
            Item(
                "events:prework:board",
                _("Pre-work"),
                "book",
                PLANNERS,
                also=("events:strategies:brief",),
            ),
            Item("events:packets:territories:plan", _("Territories"), "map-pin", REVOPS_ALONE),
            Item("events:packets:quotas:plan", _("Quotas"), "sitemap", REVOPS_ALONE),
            Item("events:packets:comp:list", _("Comp plans"), "coin", REVOPS_ALONE),
            Item(
                "events:packets:delivery:desk",
                _("Packets"),
                "file-dollar",
                REVOPS_ALONE,
                also=("events:packets:coverage:",),
                counts=(
                    "packets.declined",
                    "packets.draft",
                    "packets.again",
                    "packets.release",
                    "packets.confirm",
                    "packets.embargo",
                ),
            ),
            Item(
                "events:packets:inquiries:inbox",
                _("Packet questions"),
                "message-question",
                REVOPS_ALONE,
                counts=("inquiries.answer", "inquiries.wish"),
            ),
            Item(
                "events:packets:letters:run",
                _("Letters"),
                "file-certificate",
                REVOPS_ALONE,
                counts=("letters.",),
            ),
            Item(
                "events:packets:records:retention",
                _("Packet records"),
                "archive",
                REVOPS_ALONE,
                counts=("records.",),
            ),
            Item(
                "events:packets:coverage:board",
                _("Packet coverage"),
                "file-dollar",
                WATCHERS,
                also=("events:packets:coverage:remind",),
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
                also=(
                    "agenda:rooms:",
                    "agenda:clinics:",
                    "agenda:groups:",
                    "agenda:panels:",
                    "agenda:reviews:",
                ),
                counts=("panels.", "winloss."),
            ),
            Item("agenda:clinics:sheets", _("Deals after clinics"), "clipboard-text", REVOPS_ALONE),
            Item(
                "agenda:door:desk",
                _("The door"),
                "door-enter",
                PLANNERS,
                also=("agenda:presence:", "agenda:door:"),
            ),
            Item(
                "agenda:insights:board",
                _("Insights"),
                "message-bolt",
                WATCHERS | {INSIGHT_OWNER},
                counts=("insights.",),
            ),
            Item(
                "agenda:sessions:mine",
                _("Agenda"),
                "calendar-event",
                DESK - PLANNERS,
                unless=PLANNERS,
                counts=("agenda.", "clinics."),
            ),
        ),
    ),
    Section(
        _("After"),
        "after",
        (
            Item(
                "reinforcement:campaigns:plan",
                _("Campaign"),
                "route",
                PLANNERS,
                also=("events:questions:",),
            ),
            Item("reinforcement:assessments:results", _("Results"), "chart-bar", WATCHERS),
            Item(
                "events:commitments:board",
                _("Promises kept"),
                "target",
                frozenset({EXECUTIVE}),
                unless=PLANNERS,
            ),
        ),
    ),
    Section(
        _("Company"),
        "",
        (
            Item(
                "events:deals:list",
                _("Deals"),
                "briefcase",
                REVOPS_ALONE,
                needs_kickoff=False,
            ),
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
                REVOPS_ALONE,
                needs_kickoff=False,
                counts=("changes.",),
            ),
            Item(
                "people:mail:outbox",
                _("Outbox"),
                "mail",
                PLANNERS,
                needs_kickoff=False,
                counts=("mail.",),
            ),
        ),
    ),
)
