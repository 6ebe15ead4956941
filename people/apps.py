from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from django.core import checks
        from django.utils.translation import gettext_lazy as _

        from core.due.hooks import do_due
        from core.guards import installed
        from core.guards.watching import Watch
        from people.accounts import notices as account_notices
        from people.accounts import proxies
        from people.activity import guards, words
        from people.bell import actions as bell
        from people.changes import waiting as changes_waiting
        from people.files import actions as files
        from people.imports import actions as imports_actions
        from people.imports import tasks as imports
        from people.imports import waiting as imports_waiting
        from people.keys import actions as keys
        from people.limits import actions as limits
        from people.mail import tasks as mail
        from people.mail import waiting as mail_waiting
        from people.notices import actions as notices
        from people.notices.hooks import show_mails
        from people.org.access import find_people
        from people.org.actions import notices as org_notices
        from people.search.hooks import find
        from people.waiting import tasks as waiting
        from people.waiting.hooks import find_shared, watch

        find.register(find_people)
        do_due.register(imports.tick, name="imports")
        do_due.register(mail.tick, name="mail")
        do_due.register(limits.forget_old, name="tries")
        do_due.register(keys.forget_expired, name="sessions")
        do_due.register(files.drop_unheld, name="files")
        find_shared.register(changes_waiting.find)
        find_shared.register(imports_waiting.find)
        # What is new is counted beside what waits, and a role or an end of work changes all of it
        watch(
            Watch("people_notice", "{row}.person_id"),
            Watch("people_person", "{row}.id", ("role", "is_active", "leave_date")),
        )
        find_shared.register(mail_waiting.find)
        do_due.register(notices.forget_old, name="notices")
        show_mails.register(bell.shown_mails)
        show_mails.register(account_notices.shown_mails)
        show_mails.register(org_notices.shown_mails)
        show_mails.register(imports_actions.shown_mails)
        # After what tells people, and before what counts for them
        do_due.register(bell.send_daily, name="daily", order=1)
        do_due.register(waiting.tick, name="waiting", order=2)
        checks.register(proxies.check_proxies, checks.Tags.security, deploy=True)
        installed.register(guards.ENTRIES, guards.PASSAGE)
        words.register(
            {
                "invitation.accepted": _("Your invitation was accepted"),
                "message.marked_sent": _("A message to you was marked as sent"),
                "message.retried": _("A message to you was sent again"),
                "person.added": _("Your record was created"),
                "person.changed": _("Your record was changed"),
                "person.changed_by_import": _("An import changed your record"),
                "person.guest_added": _("A limited account was opened for you"),
                "person.return_asked": _("That you are back waits for RevOps"),
                "person.returned": _("You have your account back"),
                "person.return_refused": _("Your account stays closed"),
                "person.widened": _("Your limited account became a full one"),
                "person.deactivated": _("Your account was closed"),
                "person.email_asked": _("Another address was asked for, for you"),
                "person.email_changed": _("Your address was changed"),
                "person.email_refused": _("Your address stayed as it was"),
                "person.imported": _("An import created your record"),
                "person.invited": _("You were invited to sign in"),
                "person.invited_again": _("You were invited to sign in again"),
                "person.leave_added": _("Leave of yours was noted"),
                "person.leave_removed": _("Leave of yours was removed"),
                "person.manager_changed": _("You were put under another manager"),
                "person.manager_confirmed": _("RevOps has confirmed your manager"),
                "person.manager_refused": _("RevOps has put you back under your manager"),
                "person.reactivated": _("Your account was opened again"),
                "person.role_asked": _("You are to be RevOps"),
                "person.role_changed": _("Your role was changed"),
                "person.role_refused": _("Your role stayed as it was"),
                "person.token_made": _("A key to the API was made for you"),
                "person.team_changed": _("You were moved to another team"),
            }
        )
