from core.tests.access import PLANNERS, Row, slug
from events.tests.factories import QuestionFactory, TopicFactory


def prepare(world):
    world.things["topic"] = TopicFactory(kickoff=world.kickoff)
    world.things["question"] = QuestionFactory(topic=world.things["topic"])


def _question(world):
    return {**slug(world), "question_id": world.things["question"].pk}


def _topic(world):
    return {**slug(world), "topic_id": world.things["topic"].pk}


ROWS = [
    Row("events:questions:list", PLANNERS, slug),
    Row("events:questions:create", PLANNERS, slug),
    Row("events:questions:edit", PLANNERS, _question),
    Row("events:questions:retire", PLANNERS, _question, method="post"),
    Row("events:questions:topic_create", PLANNERS, slug),
    Row("events:questions:topic_edit", PLANNERS, _topic),
]
