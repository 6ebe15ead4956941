"""What happens to touches: planned, sent, done, given more time."""

from reinforcement.touches.actions.doing import (
    TouchRefused,
    complete_meeting,
    complete_touch,
    complete_touches,
    extend_touch,
)
from reinforcement.touches.actions.planning import Planned, plan_due_campaigns, plan_touches
from reinforcement.touches.actions.sending import (
    put_off,
    send_at_once,
    send_with_daily,
    shown_mails,
)
