"""What changes the agenda: sessions edited in the draft, and the draft released."""

from agenda.sessions.actions.editing import (
    SessionConflicts,
    SessionFields,
    SessionRefused,
    StaleSession,
    create_session,
    delete_session,
    is_far_away,
    move_session,
    update_session,
)
from agenda.sessions.actions.releasing import (
    ReleaseBlocked,
    ReleaseRefused,
    record_look,
    release_agenda,
)
from agenda.sessions.actions.severities import set_severities
