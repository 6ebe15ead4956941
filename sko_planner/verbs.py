"""
What the search offers beside the pages of the shell: what begins something, and pages that stand
one step further in. To add one, add a line: its URL name, its words, an icon, who may open it.
"""

from django.utils.translation import gettext_lazy as _

from sko_planner.reach import REPORTS, SEAT
from sko_planner.sections import ALL_ROLES, MANAGERS, PLANNERS, REVOPS_ALONE, WATCHERS, Item

DEALS = PLANNERS | REVOPS_ALONE

VERBS: tuple[Item, ...] = (
    Item("events:kickoff:create", _("New kickoff"), "plus", PLANNERS, needs_kickoff=False),
    Item("events:kickoff:edit", _("Change dates and place of the kickoff"), "pencil", PLANNERS),
    Item("events:kickoff:copy", _("Copy the plan of another kickoff"), "copy", PLANNERS),
    Item("events:bets:add", _("Add a big bet"), "plus", PLANNERS),
    Item("events:planning:add", _("Add a task to the timeline"), "plus", PLANNERS),
    Item("events:attendance:import", _("Import roster"), "upload", PLANNERS),
    Item("events:attendance:add", _("Add somebody to the roster"), "user-plus", PLANNERS),
    Item("events:guests:add", _("Invite a guest or an external speaker"), "user-plus", PLANNERS),
    Item("events:attendance:export", _("Download roster"), "download", WATCHERS | REVOPS_ALONE),
    Item("events:deals:import", _("Import deals"), "upload", DEALS, needs_kickoff=False),
    Item(
        "events:deals:accounts_import", _("Import accounts"), "upload", DEALS, needs_kickoff=False
    ),
    Item("events:prework:create", _("New pre-work"), "plus", PLANNERS),
    Item("events:questions:create", _("New question for the bank"), "plus", PLANNERS),
    Item("events:questions:topic_create", _("New topic"), "plus", PLANNERS),
    Item("agenda:sessions:create", _("Add a session"), "plus", PLANNERS),
    Item("agenda:sessions:changes", _("Release the agenda"), "send", PLANNERS),
    Item("agenda:rooms:add", _("Add a room"), "plus", PLANNERS),
    Item("reinforcement:campaigns:activity_create", _("Add a campaign activity"), "plus", PLANNERS),
    Item("people:accounts:invite", _("Invite people"), "user-plus", PLANNERS, needs_kickoff=False),
    Item("people:org:add_region", _("Add a region"), "plus", PLANNERS, needs_kickoff=False),
    Item("people:org:add_team", _("Add a team"), "plus", PLANNERS, needs_kickoff=False),
    Item("events:packets:territories:import", _("Import territories"), "upload", REVOPS_ALONE),
    Item("events:packets:territories:create", _("New territory"), "plus", REVOPS_ALONE),
    Item("events:packets:quotas:import", _("Import quotas"), "upload", REVOPS_ALONE),
    Item("events:packets:quotas:cascade", _("Cascade quotas"), "sitemap", REVOPS_ALONE),
    Item("events:packets:comp:create", _("New comp plan"), "plus", REVOPS_ALONE),
    Item("events:packets:comp:import", _("Import pay"), "upload", REVOPS_ALONE),
    Item("events:packets:comp:terms_new", _("New terms"), "plus", REVOPS_ALONE),
    Item("events:packets:delivery:import", _("Import packets"), "upload", REVOPS_ALONE),
    Item("events:packets:delivery:draft", _("Draft packets"), "file-dollar", REVOPS_ALONE),
    Item("events:packets:delivery:approvers", _("Name approvers"), "user-check", REVOPS_ALONE),
    Item("events:packets:delivery:release", _("Release packets"), "send", REVOPS_ALONE),
    Item("events:packets:records:export_new", _("Export packet records"), "download", REVOPS_ALONE),
    Item(
        "account_change_password", _("Change my password"), "lock", ALL_ROLES, needs_kickoff=False
    ),
)

FURTHER: tuple[Item, ...] = (
    Item("events:kickoff:list", _("Kickoffs"), "list", ALL_ROLES, needs_kickoff=False),
    Item("events:deals:list", _("Deals"), "briefcase", PLANNERS, needs_kickoff=False),
    Item("agenda:sessions:list", _("Sessions"), "calendar-event", PLANNERS),
    Item("agenda:panels:list", _("Customer panels"), "users-group", PLANNERS),
    Item("events:planning:digest", _("The week of the plan"), "notes", WATCHERS),
    Item("events:questions:list", _("Question bank"), "help-circle", PLANNERS),
    Item("reinforcement:touches:follow_ups", _("Follow-ups"), "checklist", MANAGERS, needs=REPORTS),
    Item("agenda:rooms:list", _("Rooms"), "building", PLANNERS),
    Item(
        "agenda:insights:mine",
        _("What came of what was said"),
        "speakerphone",
        ALL_ROLES,
        needs=SEAT,
    ),
    Item("agenda:insights:changes", _("What changed because of it"), "speakerphone", WATCHERS),
    Item("agenda:sessions:speaking", _("Where I speak"), "microphone", ALL_ROLES),
    Item("events:prework:mine", _("My pre-work"), "book", ALL_ROLES, needs=SEAT),
    Item(
        "events:deals:accounts", _("Accounts of customers"), "building", DEALS, needs_kickoff=False
    ),
    Item(
        "events:packets:territories:accounts", _("Accounts in territories"), "map-pin", REVOPS_ALONE
    ),
    Item(
        "events:packets:territories:balance", _("Balance of territories"), "map-pin", REVOPS_ALONE
    ),
    Item(
        "events:packets:territories:history", _("History of territories"), "history", REVOPS_ALONE
    ),
    Item("events:packets:quotas:settings", _("Settings of quotas"), "settings", REVOPS_ALONE),
    Item("events:packets:quotas:hires", _("Quotas of new hires"), "user-plus", REVOPS_ALONE),
    Item("events:packets:comp:people", _("Pay of each person"), "coin", REVOPS_ALONE),
    Item("events:packets:comp:cost", _("Cost of comp plans"), "coin", REVOPS_ALONE),
    Item("events:packets:comp:terms", _("Terms"), "file-text", REVOPS_ALONE),
    Item("events:packets:letters:brand", _("Look of letters"), "palette", REVOPS_ALONE),
    Item(
        "events:packets:records:exports", _("Exports of packet records"), "download", REVOPS_ALONE
    ),
    Item("events:packets:records:leavers", _("Who left"), "user-minus", REVOPS_ALONE),
    Item("events:packets:records:mine", _("Copies of my packet"), "archive", ALL_ROLES, needs=SEAT),
    Item("reinforcement:coaching:mine", _("My coaching notes"), "notebook", ALL_ROLES),
    Item("people:org:list", _("Regions and teams"), "users-group", PLANNERS, needs_kickoff=False),
    Item(
        "people:calendar:closing_days",
        _("Closing days"),
        "calendar-off",
        PLANNERS,
        needs_kickoff=False,
    ),
    Item("people:accounts:profile", _("My profile"), "user", ALL_ROLES, needs_kickoff=False),
    Item(
        "people:accounts:sessions",
        _("Where I am signed in"),
        "device-laptop",
        ALL_ROLES,
        needs_kickoff=False,
    ),
    Item("people:activity:mine", _("My activity"), "history", ALL_ROLES, needs_kickoff=False),
)
