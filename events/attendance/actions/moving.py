"""Whoever was asked to come is asked again when the days are others."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.attendance.models import Attendee
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def ask_again(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Tell everybody who was invited or has answered of other days, and what they have said.

    Answers stay: people change their own. Nobody is told where the days are the same.
    """
    if (before.starts_date, before.ends_date) == (kickoff.starts_date, kickoff.ends_date):
        return None
    asked = Attendee.objects.filter(kickoff=kickoff).invited(at)
    answers = dict(asked.order_by().values_list("person_id", "rsvp"))
    if not answers:
        return None
    path = reverse("events:attendance:answer", kwargs={"slug": kickoff.slug})
    url = urljoin(settings.SITE_URL, path)
    lines = {
        Attendee.Rsvp.YES: _("You said that you come. If the new days do not suit you, say so:"),
        Attendee.Rsvp.NO: _("You said that you do not come. If the new days suit you, say so:"),
        Attendee.Rsvp.WAITING: _("You wait for a place. If the new days do not suit you, say so:"),
        Attendee.Rsvp.PENDING: _("Say whether you come:"),
    }
    told = {person: [f"{lines[Attendee.Rsvp(rsvp)]} {url}"] for person, rsvp in answers.items()}
    said = ngettext(
        "%(count)d person was invited. Their answer stays, and they are asked whether it still"
        " holds.",
        "%(count)d people were invited. Their answers stay, and they are asked whether these still"
        " hold.",
        len(told),
    )
    return Follows(_("Invitations"), [said % {"count": len(told)}], told)
