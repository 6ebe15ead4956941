"""Collects the URLs of the family. Delivery is its front door, so its addresses carry no name."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "packets"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("events.packets.delivery.urls")),
    path("territories/", include("events.packets.territories.urls")),
    path("comp/", include("events.packets.comp.urls")),
    path("quotas/", include("events.packets.quotas.urls")),
    path("inquiries/", include("events.packets.inquiries.urls")),
    path("letters/", include("events.packets.letters.urls")),
    path("coverage/", include("events.packets.coverage.urls")),
    path("records/", include("events.packets.records.urls")),
]
