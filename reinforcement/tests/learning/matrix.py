from core.tests.access import Row, slug
from events.tests.factories import QuestionFactory, TopicFactory
from reinforcement.learning.models import Answer, Attempt
from reinforcement.tests.factories import STARTED
from reinforcement.tests.touches.matrix import REP
from reinforcement.tests.touches.matrix import prepare as prepare_touch


def prepare(world):
    if "touch" not in world.things:
        prepare_touch(world)
    question = QuestionFactory(topic=TopicFactory(kickoff=world.kickoff))
    attempt = Attempt.objects.create(
        touch=world.things["touch"], person=world["rep"], started_at=STARTED
    )
    Answer.objects.create(attempt=attempt, position=1, question=question)
    world.things["attempt"] = attempt


def _touch(world):
    return {**slug(world), "touch_id": world.things["touch"].pk}


def _attempt(world):
    return {**slug(world), "attempt_id": world.things["attempt"].pk}


def _question(world):
    return {**_attempt(world), "position": 1}


ROWS = [
    Row("reinforcement:learning:start", REP, _touch, method="post"),
    Row("reinforcement:learning:quiz", REP, _attempt),
    Row("reinforcement:learning:question", REP, _question),
    Row("reinforcement:learning:question", REP, _question, method="post"),
    Row("reinforcement:learning:result", REP, _attempt),
]
