from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "agenda"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from agenda.clinics import actions as clinics
        from agenda.clinics import queries as clinics_queries
        from agenda.clinics import waiting as clinics_waiting
        from agenda.clinics.access import find_sheets
        from agenda.clinics.queries.readiness import check_readiness as check_clinics
        from agenda.door import actions as door
        from agenda.door import queries as door_queries
        from agenda.door import tasks as door_tasks
        from agenda.door import waiting as door_waiting
        from agenda.feeds import queries as feeds_queries
        from agenda.groups import tasks as groups_tasks
        from agenda.groups.access import find_groups
        from agenda.groups.actions import following as groups_following
        from agenda.groups.actions import releasing as groups_releasing
        from agenda.groups.queries import seats_of
        from agenda.groups.queries.own import own_data as own_groups
        from agenda.groups.queries.readiness import check_readiness as check_groups
        from agenda.insights import actions as insights
        from agenda.insights import queries as insights_queries
        from agenda.insights import waiting as insights_waiting
        from agenda.insights.access import find_insights
        from agenda.insights.queries.readiness import check_insights
        from agenda.notes import actions as notes
        from agenda.notes import queries as notes_queries
        from agenda.notes import waiting as notes_waiting
        from agenda.panels import access as panels_access
        from agenda.panels import queries as panels_queries
        from agenda.panels import waiting as panels_waiting
        from agenda.panels.actions import moving as panels_moving
        from agenda.panels.actions import starting as panels_starting
        from agenda.panels.queries import readiness as panels_readiness
        from agenda.reviews import actions as reviews
        from agenda.reviews import waiting as reviews_waiting
        from agenda.reviews.access import find_reviews
        from agenda.reviews.queries import own as own_reviews
        from agenda.reviews.queries.readiness import check_readiness as check_reviews
        from agenda.reviews.views import beside as beside_review
        from agenda.schedules.views import open_import as programme_import
        from agenda.sessions import waiting
        from agenda.sessions.access import find_sessions
        from agenda.sessions.actions import copying, moving, notices, starting
        from agenda.sessions.hooks import find_seats, show_on_session
        from agenda.sessions.queries import prepared
        from agenda.sessions.queries.ahead import next_anywhere
        from agenda.sessions.queries.following import what_follows
        from agenda.sessions.queries.moments import moments_of
        from agenda.sessions.queries.readiness import check_agenda
        from agenda.sessions.queries.released import busy_of, facts_of, last_end, of_guest
        from agenda.sessions.queries.serving import check_bets, serving_bets
        from core.due.hooks import do_due
        from events.attendance.hooks import follow_roster, say_what_follows, show_attendee
        from events.bets.hooks import find_serving
        from events.guests.hooks import show_guest
        from events.kickoff.hooks import (
            check_readiness,
            copy_from,
            fill_summit,
            find_last_end,
            follow_dates,
        )
        from events.packets.delivery.hooks import find_moments
        from events.packets.inquiries.hooks import find_busy
        from events.prework.hooks import find_session_people
        from events.prework.hooks import find_sessions as find_sessions_of_kickoff
        from people.activity import words
        from people.activity.hooks import show_own
        from people.bell.hooks import show_ahead
        from people.imports.hooks import open_import
        from people.notices.hooks import show_mails
        from people.search.hooks import find
        from people.waiting.hooks import find_shared, find_waiting, watch

        open_import.register(programme_import, name="programme")
        find_waiting.register(waiting.find)
        find_waiting.register(waiting.find_to_prepare)
        find_waiting.register(clinics_waiting.find)
        find_waiting.register(clinics_waiting.find_sheets)
        watch(*clinics_waiting.WATCHED)
        show_own.register(clinics_queries.own_data)
        do_due.register(clinics.forget_old, name="clinics")
        copy_from.register(clinics.copy_timing, order=3)
        check_readiness.register(check_clinics)
        find.register(find_sheets, order=2)
        find_waiting.register(notes_waiting.find)
        find_waiting.register(door_waiting.find)
        find_waiting.register(panels_waiting.find_calls)
        find_waiting.register(panels_waiting.find_panels)
        watch(*panels_waiting.WATCHED)
        watch(*door_waiting.WATCHED)
        watch(*notes_waiting.WATCHED)
        find_waiting.register(insights_waiting.find)
        find_shared.register(insights_waiting.find_unowned)
        watch(*insights_waiting.WATCHED)
        show_own.register(notes_queries.own_data)
        show_own.register(feeds_queries.own_data)
        show_own.register(insights_queries.own_data)
        do_due.register(insights.forget_old, name="insights")
        show_mails.register(insights.shown_mails)
        find.register(find_insights, order=1)
        check_readiness.register(check_insights)
        show_own.register(door_queries.own_data)
        show_own.register(panels_queries.own_data)
        do_due.register(notes.forget_old, name="notes")
        do_due.register(door_tasks.tick, name="badges")
        do_due.register(panels_moving.forget_old, name="panels")
        show_on_session.register(panels_queries.beside_session)
        show_guest.register(panels_queries.of_guest)
        # After the agenda, whose panels they prepare
        fill_summit.register(panels_starting.suggest_questions, order=2)
        copy_from.register(panels_starting.copy_questions, order=3)
        follow_dates.register(panels_moving.move_calls)
        check_readiness.register(panels_readiness.check_readiness)
        find.register(panels_access.find_panelists, order=1)
        show_ahead.register(next_anywhere)
        watch(*waiting.WATCHED)
        # After the big bets, which its sessions point at
        fill_summit.register(starting.suggest_agenda, order=1)
        copy_from.register(copying.copy_agenda, order=2)
        follow_dates.register(moving.move_agenda)
        check_readiness.register(check_agenda)
        check_readiness.register(check_bets)
        check_readiness.register(door_queries.check_door)
        find_sessions_of_kickoff.register(prepared.sessions_of)
        find_session_people.register(prepared.people_of)
        find_serving.register(serving_bets)
        find_moments.register(moments_of)
        find_last_end.register(last_end)
        find.register(find_sessions, order=1)
        show_attendee.register(facts_of, order=1)
        show_guest.register(of_guest)
        say_what_follows.register(what_follows, order=4)
        find_busy.register(busy_of)
        show_mails.register(notices.shown_mails)
        show_mails.register(door.shown_mails)
        follow_roster.register(groups_following.follow_roster)
        say_what_follows.register(groups_following.what_follows, order=4)
        # After the sessions in which they meet
        fill_summit.register(groups_following.suggest_groups, order=2)
        copy_from.register(groups_following.copy_groups, order=3)
        check_readiness.register(check_groups)
        do_due.register(groups_tasks.tick, name="groups")
        find.register(find_groups, order=1)
        show_own.register(own_groups)
        find_seats.register(seats_of)
        show_mails.register(groups_releasing.shown_mails)
        # After the sessions that they are held in
        fill_summit.register(reviews.suggest_reviews, order=2)
        copy_from.register(reviews.copy_reviews, order=3)
        follow_dates.register(reviews.move_steps)
        check_readiness.register(check_reviews)
        find_waiting.register(reviews_waiting.find)
        watch(*reviews_waiting.WATCHED)
        find.register(find_reviews, order=2)
        show_on_session.register(beside_review.of_session)
        show_own.register(own_reviews.own_data)
        do_due.register(reviews.forget_old, name="reviews")
        words.register(
            {
                "calendar.address_made": _("You made an address for your own calendar"),
                "calendar.address_taken_down": _("You took the address of your calendar down"),
                "clinic.decided": _("A clinic decided on a deal of yours"),
                "clinic.taken_over": _("Somebody took over the group that you lead"),
                "badge.corrected": _("You got a new badge; the old one opens nothing"),
                "door.given": _("You were given the door"),
                "door.marked": _("You were checked in from a list on paper"),
                "door.taken": _("The door was taken back from you"),
                "door.walked_in": _("You were let in without being on the roster"),
                "insight.given": _("You were asked to answer an insight"),
                "insight.sent": _("You sent an insight with your name"),
                "note.deleted": _("You deleted a note of yours"),
                "note.written": _("You wrote a note for yourself"),
                "panel.asked": _("You asked the customers of a panel something, under your name"),
                "review.chosen": _("A deal of yours was chosen for a win/loss review"),
                "review.form_written": _("You said why a deal of yours ended as it did"),
                "review.interview_given": _("You were given an interview with a buyer"),
                "review.rep_asked": _("You were asked why a deal of yours ended as it did"),
                "review.step_added": _("You were given a step of a win/loss review to prepare"),
            }
        )
