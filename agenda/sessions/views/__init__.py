"""Pages of the agenda: the planner's draft, its release, and what people see."""

from agenda.sessions.views.planning import (
    create_session,
    delete_session,
    edit_session,
    list_sessions,
    move_session,
    show_grid,
    show_session,
    suggest_people,
)
from agenda.sessions.views.reading import show_mine, show_released, show_speaking
from agenda.sessions.views.releasing import release_agenda, set_severities, show_changes
