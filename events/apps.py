from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from django.core import checks
        from django.utils.translation import gettext_lazy as _

        from core.due import ticks
        from events.attendance import joining
        from events.bets import actions as bets
        from events.bets import queries as bets_queries
        from events.kickoff import actions as kickoff
        from events.kickoff import moving, readiness, starters
        from events.packets import queries as packets_queries
        from events.packets.rules import sealing
        from events.planning import actions as planning
        from events.planning import queries as planning_queries
        from events.prework import actions as prework
        from events.prework import queries as prework_queries
        from people.activity import words

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
        readiness.register(packets_queries.check_readiness)
        checks.register(sealing.check_keys)
        words.register(
            {
                "attendee.added": _("You were put on a roster"),
                "attendee.answered": _("Your answer to an invitation was noted"),
                "attendee.invited": _("You were invited to a kickoff"),
                "attendee.removed": _("You were taken off a roster"),
                "packet.received": _("The receipt of your packet was signed"),
                "packet.viewed": _("Your packet was opened"),
                "prework.done": _("Pre-work was marked as done"),
                "prework.reminded": _("You were reminded of pre-work"),
                "prework.returned": _("Your pre-work was returned"),
                "prework.submitted": _("Your pre-work was handed in"),
            }
        )
