"""Collects the URLs of the family. Delivery is its front door, so its addresses carry no name."""

from django.urls import URLPattern, URLResolver, include, path

from events.packets.comp import urls as comp
from events.packets.coverage import urls as coverage
from events.packets.delivery import urls as delivery
from events.packets.inquiries import urls as inquiries
from events.packets.letters import urls as letters
from events.packets.quotas import urls as quotas
from events.packets.records import urls as records
from events.packets.territories import urls as territories

app_name = "packets"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(delivery)),
    path("territories/", include(territories)),
    path("comp/", include(comp)),
    path("quotas/", include(quotas)),
    path("inquiries/", include(inquiries)),
    path("letters/", include(letters)),
    path("coverage/", include(coverage)),
    path("records/", include(records)),
]
