from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from django.core import checks
        from django.utils.translation import gettext_lazy as _

        from core.due.hooks import do_due
        from core.guards import installed
        from events.attendance import actions as attendance
        from events.attendance import queries as attendance_queries
        from events.attendance import waiting as attendance_waiting
        from events.attendance.actions import mails as roster_mails
        from events.attendance.hooks import follow_roster, say_what_follows, show_attendee
        from events.attendance.views.importing import open_import as roster_import
        from events.bets import access as bets_access
        from events.bets import actions as bets
        from events.bets import queries as bets_queries
        from events.bets import waiting as bets_waiting
        from events.bets.hooks import find_serving
        from events.budget import access as budget_access
        from events.budget import actions as budget
        from events.budget import queries as budget_queries
        from events.budget import waiting as budget_waiting
        from events.budget.actions import copying as budget_copying
        from events.budget.queries import learned as budget_learned
        from events.budget.views.blocks import open_pickup as pickup_import
        from events.budget.views.files import open_import as budget_import
        from events.commitments import actions as commitments
        from events.commitments import queries as commitments_queries
        from events.commitments import waiting as commitments_waiting
        from events.deals.hooks import follow_accounts
        from events.deals.views import open_accounts_import as accounts_import
        from events.deals.views import open_import as deals_import
        from events.guests import actions as guests
        from events.guests import queries as guests_queries
        from events.invitations import access as invitations_access
        from events.invitations import actions as invitations
        from events.invitations import queries as invitations_queries
        from events.kickoff import actions as kickoff
        from events.kickoff.actions import moving as kickoff_moving
        from events.kickoff.hooks import (
            check_readiness,
            copy_from,
            fill_summit,
            find_learned,
            follow_dates,
        )
        from events.needs import actions as needs
        from events.needs import queries as needs_queries
        from events.needs import waiting as needs_waiting
        from events.needs.views import open_rooms as rooms_import
        from events.needs.views import open_travel as travel_import
        from events.packets.comp import guards as comp_guards
        from events.packets.comp import queries as comp_queries
        from events.packets.comp.hooks import find_quotas, find_reporting
        from events.packets.comp.views.imports import open_import as comp_import
        from events.packets.coverage import actions as reminders
        from events.packets.coverage.actions import mails as reminder_mails
        from events.packets.coverage.queries import readiness as coverage_readiness
        from events.packets.coverage.views.desk import desk_panel
        from events.packets.delivery import actions as packets
        from events.packets.delivery import guards as packets_guards
        from events.packets.delivery import queries as packet_queries
        from events.packets.delivery import waiting as packets_waiting
        from events.packets.delivery.actions import showing as packet_mails
        from events.packets.delivery.hooks import (
            follow_release,
            follow_signature,
            show_beside_packet,
            show_on_desk,
        )
        from events.packets.delivery.views.imports import open_import as packets_import
        from events.packets.inquiries import actions as inquiries
        from events.packets.inquiries import guards as inquiries_guards
        from events.packets.inquiries import waiting as inquiries_waiting
        from events.packets.inquiries.actions import notices as inquiry_notices
        from events.packets.inquiries.views import beside as inquiries_beside
        from events.packets.letters import checks as letters_checks
        from events.packets.letters import guards as letters_guards
        from events.packets.letters import queries as letters_queries
        from events.packets.letters import tasks as letters
        from events.packets.letters import waiting as letters_waiting
        from events.packets.quotas import queries as quotas_queries
        from events.packets.quotas.views.files import open_import as quotas_import
        from events.packets.records import actions as records
        from events.packets.records import checks as records_checks
        from events.packets.records import guards as records_guards
        from events.packets.records import waiting as records_waiting
        from events.packets.records.views import mine as records_mine
        from events.packets.territories import actions as territories
        from events.packets.territories import queries as territories_queries
        from events.packets.territories.views.files import open_import as territories_import
        from events.planning import access as planning_access
        from events.planning import actions as planning
        from events.planning import queries as planning_queries
        from events.planning import waiting as planning_waiting
        from events.planning.actions import comments as planning_comments
        from events.planning.actions import digest as planning_digest
        from events.planning.hooks import state_plan_dates
        from events.prework import access as prework_access
        from events.prework import actions as prework
        from events.prework import queries as prework_queries
        from events.prework import waiting as prework_waiting
        from events.prework.actions import mails as prework_mails
        from events.prework.hooks import find_page
        from events.questions import access as questions_access
        from events.questions import actions as questions
        from events.questions import queries as questions_queries
        from events.readiness import actions as readiness
        from events.readiness import queries as readiness_queries
        from events.sealing import checks as sealing_checks
        from events.strategies import access as strategies_access
        from events.strategies import actions as strategies
        from events.strategies import queries as strategies_queries
        from events.trail import actions as trail
        from events.trail import guards as trail_guards
        from people.activity import words
        from people.activity.hooks import hold_back, show_own
        from people.imports.hooks import open_import
        from people.notices.hooks import show_mails
        from people.search.hooks import find
        from people.waiting.hooks import find_shared, find_waiting, watch

        hold_back.register(packet_queries.looks_at_drafts)
        find_shared.register(bets_waiting.find)
        for module in (
            kickoff_moving,
            roster_mails,
            guests,
            invitations,
            needs,
            commitments,
            planning_comments,
            planning_digest,
            prework_mails,
            packet_mails,
            reminder_mails,
            inquiry_notices,
        ):
            show_mails.register(module.shown_mails)
        find_shared.register(attendance_waiting.find_asked)
        find_shared.register(packets_waiting.find_on_desk)
        find_shared.register(letters_waiting.find)
        for source in (
            attendance_waiting,
            needs_waiting,
            budget_waiting,
            planning_waiting,
            prework_waiting,
            packets_waiting,
            inquiries_waiting,
            records_waiting,
        ):
            find_waiting.register(source.find)
            watch(*source.WATCHED)
        find_waiting.register(commitments_waiting.find)
        find_waiting.register(commitments_waiting.find_plans)
        watch(*commitments_waiting.WATCHED)
        # Before the mail of the day, which tells of them
        do_due.register(attendance.tend_waiting_lists, name="waiting_lists")
        do_due.register(invitations.send_due, name="invitations")
        do_due.register(needs.delete_past, name="needs")
        do_due.register(guests.end_past, name="guests")
        show_own.register(guests_queries.own_data)
        show_own.register(needs_queries.own_data)
        do_due.register(commitments.open_reviews, name="weekly_reviews")
        do_due.register(planning.send_digests, name="plan_digests")
        do_due.register(commitments.forget_old, name="promises")
        do_due.register(prework.forget_old, name="prework")
        do_due.register(strategies.forget_old, name="win_strategies")
        show_own.register(commitments_queries.own_data)
        show_own.register(planning_queries.own_data)
        show_own.register(prework_queries.own_data)
        show_own.register(strategies_queries.own_data)
        do_due.register(readiness.keep_scores, name="readiness")
        open_import.register(roster_import, name="roster")
        open_import.register(travel_import, name="travel")
        open_import.register(rooms_import, name="room")
        open_import.register(accounts_import, name="accounts")
        open_import.register(deals_import, name="opportunities")
        open_import.register(budget_import, name="budget")
        open_import.register(pickup_import, name="pickup")
        open_import.register(territories_import, name="territories")
        open_import.register(comp_import, name="comp")
        open_import.register(quotas_import, name="quotas")
        open_import.register(packets_import, name="packets")
        do_due.register(kickoff.end_due_kickoffs, name="kickoffs")
        do_due.register(packets.run_tick, name="packets")
        follow_dates.register(invitations.move_waves, order=-2)
        follow_dates.register(needs.move_forms)
        follow_dates.register(attendance.ask_again, order=-1)
        follow_roster.register(invitations.invite_newcomers)
        say_what_follows.register(attendance_queries.seats_that_follow)
        say_what_follows.register(needs_queries.what_follows, order=1)
        say_what_follows.register(prework_queries.what_follows, order=2)
        say_what_follows.register(planning_queries.what_follows, order=3)
        say_what_follows.register(packet_queries.what_follows, order=5)
        show_attendee.register(invitations_queries.facts_of)
        show_attendee.register(prework_queries.facts_of, order=2)
        show_attendee.register(needs_queries.facts_of, order=3)
        fill_summit.register(invitations.suggest_wave)
        copy_from.register(invitations.copy_waves, order=2)
        copy_from.register(needs.copy_forms, order=2)
        check_readiness.register(invitations_queries.check_readiness)
        check_readiness.register(needs_queries.check_readiness)
        find.register(invitations_access.find_waves, order=7)
        fill_summit.register(bets.suggest_bets)
        copy_from.register(bets.copy_bets)
        copy_from.register(questions.copy_topics, order=1)
        copy_from.register(planning.copy_timeline, order=1)
        copy_from.register(budget_copying.copy_budget, order=1)
        find_learned.register(planning_queries.slips_learned)
        find_learned.register(bets_queries.bets_learned)
        find_learned.register(budget_learned.variance_learned)
        find_learned.register(readiness_queries.waivers_learned)
        follow_dates.register(bets.move_actions)
        check_readiness.register(bets_queries.check_bets)
        find_serving.register(prework_queries.serving_bets, order=1)
        find_serving.register(questions_queries.serving_bets, order=2)
        find.register(bets_access.find_bets, order=4)
        fill_summit.register(budget.suggest_budget)
        follow_dates.register(budget.move_budget)
        check_readiness.register(budget_queries.check_readiness)
        find.register(budget_access.find_lines, order=6)
        fill_summit.register(planning.suggest_timeline)
        follow_dates.register(planning.move_tasks, order=4)
        check_readiness.register(planning_queries.check_readiness)
        state_plan_dates.register(comp_queries.stated_dates)
        find.register(planning_access.find_tasks, order=3)
        fill_summit.register(prework.suggest_prework)
        follow_dates.register(prework.move_prework)
        follow_roster.register(prework.sync_roster)
        check_readiness.register(prework_queries.check_readiness)
        find.register(prework_access.find_prework, order=2)
        find.register(strategies_access.find_strategies, order=2)
        find_page.register(strategies_queries.find_page)
        find.register(questions_access.find_questions, order=5)
        follow_accounts.register(territories.follow_accounts)
        check_readiness.register(territories_queries.check_readiness)
        find_quotas.register(quotas_queries.full_years_of)
        find_reporting.register(quotas_queries.reporting_of)
        follow_roster.register(packets.draft_newcomers)
        check_readiness.register(coverage_readiness.check_readiness)
        # After the agenda, whose moments releases wait for
        follow_dates.register(packets.hold_releases, order=1)
        follow_dates.register(reminders.count_again, order=2)
        follow_dates.register(inquiries.move_reviews, order=3)
        do_due.register(inquiries.chase_inquiries, name="inquiries")
        show_beside_packet.register(inquiries_beside.panel, order=30)
        do_due.register(reminders.send_due_reminders, name="packet_reminders")
        do_due.register(records.tend_handouts, name="packet_handouts")
        do_due.register(trail.seal_trail, name="trail")
        show_beside_packet.register(records_mine.beside_packet, order=90)
        checks.register(records_checks.check_years)
        show_on_desk.register(desk_panel)
        checks.register(sealing_checks.check_keys)
        checks.register(letters_checks.check_certificate)
        do_due.register(letters.tick, name="letters")
        follow_release.register(letters.follow_release)
        follow_signature.register(letters.follow_signature)
        show_beside_packet.register(letters_queries.signed_copy_panel, order=5)
        installed.register(
            *comp_guards.GUARDS,
            *packets_guards.GUARDS,
            *letters_guards.GUARDS,
            *inquiries_guards.GUARDS,
            *records_guards.GUARDS,
            *trail_guards.GUARDS,
        )
        installed.register_trigger("events_packetversion_frozen", "events_packetversion")
        installed.register_trigger("events_packetversion_kept", "events_packetversion")
        installed.register_trigger("events_termsedition_frozen", "events_termsedition")
        words.register(
            {
                "commitment.carried": _("A promise of yours was carried to another day"),
                "commitment.done": _("A promise of yours was kept"),
                "commitment.dropped": _("A promise of yours was dropped"),
                "commitment.made": _("A promise of yours was written down"),
                "commitment.open": _("A promise of yours was opened again"),
                "commitment.reworded": _("A promise of yours was changed"),
                "plan.adopted": _("You adopted your action plan"),
                "plan.agreed": _("Your action plan was agreed"),
                "attendee.added": _("You were put on a roster"),
                "attendee.answered": _("Your answer to an invitation was noted"),
                "attendee.kind": _("What you take part as in a kickoff was changed"),
                "guest.invited": _("You were invited to a kickoff as a guest"),
                "guest.came": _("You came in by the link of an invitation"),
                "guest.ended": _("You are no guest of a kickoff any more"),
                "attendee.invited": _("You were invited to a kickoff"),
                "needs.manager_named": _("You were named to manage a form of needs"),
                "needs.manager_removed": _("You manage a form of needs no more"),
                "needs.taken_over": _("Your travel or room was taken over from a list"),
                "attendee.offered": _("A place of the waiting list was offered to you"),
                "attendee.offer_lapsed": _("A place that was offered to you went on"),
                "attendee.substitute_named": _("Somebody named you to come instead"),
                "attendee.seat_asked": _("You asked for a place at a kickoff"),
                "attendee.seat_granted": _("You were given a place at a kickoff"),
                "attendee.seat_refused": _("You were given no place at a kickoff"),
                "attendee.removed": _("You were taken off a roster"),
                "budget.owner_named": _("You were named to answer for money of a budget"),
                "budget.owner_removed": _("You answer for money of a budget no more"),
                "inquiry.answered": _("Your question about your packet was answered"),
                "inquiry.asked": _("You asked about your packet"),
                "inquiry.closed": _("You closed a question about your packet"),
                "inquiry.escalated": _("Your question about your packet was taken further"),
                "inquiry.handed_on": _("Your question about your packet was handed on"),
                "inquiry.reopened": _("You asked again about your packet"),
                "inquiry.viewed": _("Your question about your packet was opened"),
                "packet.accepted": _("Your packet was accepted"),
                "packet.declined": _("Your packet was declined"),
                "packet.downloaded": _("The letter of your packet was opened"),
                "packet.previewed": _("The draft of your packet was opened"),
                "packet.recalled": _("Your packet was taken back"),
                "packet.receipt_recorded": _("A receipt of your packet was recorded for you"),
                "comp.cleared": _("Your comp follows your job title again"),
                "comp.overridden": _("Comp of your own was set, apart from your job title"),
                "comp.viewed": _("Your comp plan was opened"),
                "packet.copied": _("Your packet was downloaded with all of yours"),
                "packet.exported": _("Your packet was exported for counsel"),
                "packet.handed_out": _("A link to your packets was made for you"),
                "packet.received": _("The receipt of your packet was signed"),
                "packet.reminded": _("You were reminded of your packet"),
                "packet.shredded": _("A version of your packet was deleted under retention"),
                "packet.viewed": _("Your packet was opened"),
                "packets.approver_named": _("You were named to approve packets"),
                "packets.approver_removed": _("You approve packets no more"),
                "prework.accepted": _("You acknowledged a text"),
                "prework.quiz_taken": _("You took a quiz"),
                "prework.commented": _("Something was said about your pre-work"),
                "prework.done": _("Pre-work was marked as done"),
                "prework.resubmitted": _("Your pre-work was handed in again"),
                "prework.reviewed": _("Your pre-work was looked at"),
                "prework.reminded": _("You were reminded of pre-work"),
                "prework.returned": _("Your pre-work was returned"),
                "prework.submitted": _("Your pre-work was handed in"),
                "strategies.begun": _("You began a win strategy"),
                "strategies.dropped": _("You took a deal out of your pre-work"),
                "review.cancelled": _("A time for a review was cancelled"),
                "review.given_up": _("You gave up a time for a review"),
                "review.moved": _("A time for a review was moved"),
                "review.taken": _("You took a time to review your packet"),
                "wish.commented": _("Your manager commented on your wish for another quota"),
                "wish.declined": _("Your wish for another quota was declined"),
                "wish.granted": _("Your wish for another quota was granted"),
                "wish.made": _("You wished for another quota"),
                "wish.viewed": _("Your wish for another quota was opened"),
                "wish.withdrawn": _("You took back your wish for another quota"),
                "quota.changed": _("Your quota was set by hand"),
                "quota.shaped": _("What shapes your quota was changed"),
                "quota.unpinned": _("Your quota was given back to the cascade"),
                "quota.viewed": _("Your quota was opened"),
            }
        )
