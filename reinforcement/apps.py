from django.apps import AppConfig


class ReinforcementConfig(AppConfig):
    name = "reinforcement"

    def ready(self) -> None:
        from core.due.hooks import do_due
        from events.attendance.hooks import say_what_follows
        from events.bets.hooks import find_serving
        from events.budget.hooks import find_measured
        from events.kickoff.hooks import (
            check_readiness,
            copy_from,
            fill_summit,
            follow_dates,
            follow_end,
        )
        from events.prework.hooks import find_nudges
        from people.bell.hooks import join_daily
        from people.notices.hooks import show_mails
        from people.waiting.hooks import find_waiting, watch
        from reinforcement.assessments import actions as assessments
        from reinforcement.assessments import queries as assessment_queries
        from reinforcement.campaigns import actions as campaigns
        from reinforcement.campaigns import queries as campaign_queries
        from reinforcement.coaching import actions as coaching
        from reinforcement.coaching import queries as coaching_queries
        from reinforcement.learning.hooks import follow_quiz
        from reinforcement.touches import actions as touch_actions
        from reinforcement.touches import queries as touch_queries
        from reinforcement.touches import tasks as touches
        from reinforcement.touches import waiting as touches_waiting

        find_waiting.register(touches_waiting.find)
        say_what_follows.register(touch_queries.what_follows, order=6)
        watch(*touches_waiting.WATCHED)
        show_mails.register(coaching.shown_mails)
        show_mails.register(touch_actions.shown_mails)
        join_daily.register(touch_actions.send_with_daily)
        do_due.register(touches.tick, name="touches")
        do_due.register(coaching.forget_old_drafts, name="note_drafts")
        follow_end.register(campaigns.start_when_over)
        follow_dates.register(campaigns.move_plan, order=5)
        fill_summit.register(campaigns.fill_plan)
        # After the agenda, whose sessions it revisits
        copy_from.register(campaigns.copy_plan, order=3)
        check_readiness.register(campaign_queries.check_readiness)
        find_measured.register(assessment_queries.measured)
        find_serving.register(campaign_queries.serving_bets, order=3)
        find_nudges.register(coaching_queries.nudges_at)
        follow_quiz.register(assessments.issue_on_finish)
