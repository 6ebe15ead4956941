"""Regions and teams; who is under whom, and who of the new managers may read."""

from people.org.actions.confirming import confirm_managers, refuse_managers
from people.org.actions.managers import (
    Move,
    hold_line_of,
    may_confirm_managers,
    move_people,
    set_manager,
)
from people.org.actions.people import change_people, create_people
from people.org.actions.places import (
    add_places,
    add_region,
    add_team,
    change_team,
    move_to_team,
    remove_region,
    remove_team,
    rename_region,
)
from people.org.actions.refusals import OrgRefused
