from core.tests.access import PLANNERS, Row, slug
from reinforcement.tests.factories import ActivityFactory, CampaignFactory


def prepare(world):
    campaign = CampaignFactory(kickoff=world.kickoff)
    world.things["campaign"] = campaign
    world.things["activity"] = ActivityFactory(campaign=campaign)


def _activity(world):
    return {**slug(world), "activity_id": world.things["activity"].pk}


ROWS = [
    Row("reinforcement:campaigns:plan", PLANNERS, slug),
    Row("reinforcement:campaigns:fill", PLANNERS, slug, method="post"),
    Row("reinforcement:campaigns:activity_create", PLANNERS, slug),
    Row("reinforcement:campaigns:activity_edit", PLANNERS, _activity),
    Row("reinforcement:campaigns:activity_withdraw", PLANNERS, _activity, method="post"),
]
