from datetime import datetime

from core.hooks import Hook
from reinforcement.learning.models import Attempt

follow_quiz = Hook[[Attempt, datetime], None](
    "reinforcement.learning.hooks.follow_quiz",
    """
    Do what follows when a person finishes a quiz: a certificate was waiting for the score.

    Takes the finished attempt and the moment; gives nothing. Called inside the transaction that
    finishes the attempt.
    """,
)
