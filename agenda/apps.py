from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "agenda"

    def ready(self) -> None:
        from agenda.sessions import starter
        from agenda.sessions.queries.readiness import check_agenda
        from events.bets.actions import suggest_bets
        from events.kickoff import moving, readiness, starters

        starters.register(starter.suggest_agenda, after=suggest_bets)
        moving.register(starter.move_agenda)
        readiness.register(check_agenda)
