from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "agenda"

    def ready(self) -> None:
        from agenda.sessions.actions import starting
        from agenda.sessions.queries.moments import moments_of
        from agenda.sessions.queries.readiness import check_agenda
        from agenda.sessions.queries.released import last_end
        from events.bets.actions import suggest_bets
        from events.kickoff import closing, moving, readiness, starters
        from events.packets.delivery import moments

        starters.register(starting.suggest_agenda, after=suggest_bets)
        moving.register(starting.move_agenda)
        readiness.register(check_agenda)
        moments.register(moments_of)
        closing.register(last_end)
