from core.guards.rules import Guard
from people.activity.models import Passage
from people.activity.rules import while_open

Reason = Passage.Reason

GUARDS = (
    Guard(
        table="events_letterfile",
        says="a letter that was made is kept as it is",
        since="OLD.state = 'READY'",
        only={while_open(Reason.KEY_ROTATION): ("pdf",)},
        deleted=while_open(Reason.RETENTION),
    ),
    # Goes with a kickoff that is deleted before it has packets
    Guard(
        table="events_letterbrand",
        says="an edition of the look of letters never changes",
        deleted="1 = 1",
    ),
)
