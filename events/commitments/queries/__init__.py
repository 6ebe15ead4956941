"""A person's plan and review, what it adds up to, and how much is kept by bet, team and week."""

from events.commitments.queries.heat import Adopted, Strip, adopted_at, kept_by_week
from events.commitments.queries.mine import (
    PlanView,
    Taken,
    is_time_to_adopt,
    kind_at,
    plan_of,
    plan_words,
    plans_of_team,
    promises_of,
    suggested_to,
    taken_in_team,
)
from events.commitments.queries.own import (
    KEPT_AFTER_END,
    KEPT_AFTER_LEAVING,
    own_data,
    past_keeping,
)
from events.commitments.queries.review import Reviewed, review_of
from events.commitments.queries.sums import AddsUp, adds_up
