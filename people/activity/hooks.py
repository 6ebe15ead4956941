from django.db.models import Q

from core.hooks import Hook

hold_back = Hook[[], Q](
    "people.activity.hooks.hold_back",
    """
    Tell which entries of the trail the person whom they are about may not read yet.

    Takes nothing; gives a condition on entries. What it holds back stays in the trail.
    """,
)
