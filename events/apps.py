from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from core.due import ticks
        from events.kickoff import actions as kickoff
        from events.kickoff import moving, readiness, starters
        from events.planning import actions as planning
        from events.planning import queries as planning_queries

        ticks.register("kickoffs", kickoff.end_due_kickoffs)
        starters.register(planning.suggest_timeline)
        moving.register(planning.move_tasks)
        readiness.register(planning_queries.check_readiness)
