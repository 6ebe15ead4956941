from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from core.due import ticks
        from events.attendance import joining
        from events.bets import actions as bets
        from events.bets import queries as bets_queries
        from events.kickoff import actions as kickoff
        from events.kickoff import moving, readiness, starters
        from events.planning import actions as planning
        from events.planning import queries as planning_queries
        from events.prework import actions as prework
        from events.prework import queries as prework_queries

        ticks.register("kickoffs", kickoff.end_due_kickoffs)
        starters.register(bets.suggest_bets)
        readiness.register(bets_queries.check_bets)
        starters.register(planning.suggest_timeline)
        moving.register(planning.move_tasks)
        readiness.register(planning_queries.check_readiness)
        starters.register(prework.suggest_prework)
        moving.register(prework.move_prework)
        joining.register(prework.sync_roster)
        readiness.register(prework_queries.check_readiness)
