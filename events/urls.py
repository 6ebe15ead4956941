"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

from events import former_addresses
from events.attendance import urls as attendance
from events.attendance.views import links
from events.bets import urls as bets
from events.budget import urls as budget
from events.commitments import urls as commitments
from events.deals import urls as deals
from events.guests import urls as guests
from events.guests.views import by_link as guest_by_link
from events.invitations import urls as invitations
from events.kickoff import urls as kickoff
from events.needs import urls as needs
from events.packets import urls as packets
from events.packets.records.views.copies import copy
from events.planning import urls as planning
from events.prework import urls as prework
from events.questions import urls as questions
from events.readiness import urls as readiness
from events.strategies import urls as strategies

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(kickoff)),
    path("", include(guests)),
    path("deals/", include(deals)),
    path("k/<slug:slug>/people/", include(attendance)),
    path("k/<slug:slug>/invitations/", include(invitations)),
    path("k/<slug:slug>/needs/", include(needs)),
    path("k/<slug:slug>/bets/", include(bets)),
    path("k/<slug:slug>/commitments/", include(commitments)),
    path("k/<slug:slug>/budget/", include(budget)),
    path("k/<slug:slug>/readiness/", include(readiness)),
    path("k/<slug:slug>/planning/", include(planning)),
    path("k/<slug:slug>/packets/", include(packets)),
    path("k/<slug:slug>/questions/", include(questions)),
    path("k/<slug:slug>/prework/", include(prework)),
    path("k/<slug:slug>/strategies/", include(strategies)),
    # By the link of a mail, without signing in
    path("answer/<str:token>/", links.by_link, name="answer_by_link"),
    path("answer/<str:token>/calendar.ics", links.calendar, name="calendar_by_link"),
    path("g/<str:token>/", guest_by_link, name="guest_by_link"),
    # For somebody who left: no kickoff, no sign-in
    path("packet-copy/<str:token>/", copy, name="packet_copy"),
    *former_addresses.urlpatterns,
]
