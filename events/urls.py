"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

from events import former_addresses
from events.packets.records.views.copies import copy

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("events.kickoff.urls")),
    path("deals/", include("events.deals.urls")),
    path("k/<slug:slug>/people/", include("events.attendance.urls")),
    path("k/<slug:slug>/bets/", include("events.bets.urls")),
    path("k/<slug:slug>/planning/", include("events.planning.urls")),
    path("k/<slug:slug>/packets/", include("events.packets.urls")),
    path("k/<slug:slug>/questions/", include("events.questions.urls")),
    path("k/<slug:slug>/prework/", include("events.prework.urls")),
    # For somebody who left: no kickoff, no sign-in
    path("packet-copy/<str:token>/", copy, name="packet_copy"),
    *former_addresses.urlpatterns,
]
