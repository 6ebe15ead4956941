"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("events.kickoff.urls")),
    path("deals/", include("events.deals.urls")),
    path("k/<slug:slug>/people/", include("events.attendance.urls")),
    path("k/<slug:slug>/bets/", include("events.bets.urls")),
    path("k/<slug:slug>/planning/", include("events.planning.urls")),
    path("k/<slug:slug>/plans/", include("events.comp.urls")),
    path("k/<slug:slug>/packets/", include("events.packets.urls")),
    path("k/<slug:slug>/packet-questions/", include("events.inquiries.urls")),
    path("k/<slug:slug>/packet-reminders/", include("events.reminders.urls")),
    path("", include("events.records.urls")),
    path("k/<slug:slug>/letters/", include("events.letters.urls")),
    path("k/<slug:slug>/questions/", include("events.questions.urls")),
    path("k/<slug:slug>/prework/", include("events.prework.urls")),
    path("k/<slug:slug>/territories/", include("events.territories.urls")),
    path("k/<slug:slug>/quotas/", include("events.quotas.urls")),
]
