from django.apps import AppConfig


class ReinforcementConfig(AppConfig):
    name = "reinforcement"

    def ready(self) -> None:
        from core.due import ticks
        from events.kickoff import ending, readiness, starters
        from reinforcement.assessments import actions as assessments
        from reinforcement.campaigns import actions as campaigns
        from reinforcement.campaigns import queries as campaign_queries
        from reinforcement.learning import finishing
        from reinforcement.touches import tasks as touches

        ticks.register("touches", touches.tick)
        ending.register(campaigns.start_when_over)
        starters.register(campaigns.fill_plan)
        readiness.register(campaign_queries.readiness)
        finishing.register(assessments.issue_on_finish)
