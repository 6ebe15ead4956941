"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

from agenda.clinics import urls as clinics
from agenda.door import urls as door
from agenda.feeds import urls as feeds
from agenda.feeds.views import by_link as calendar_by_link
from agenda.groups import urls as groups
from agenda.insights import urls as insights
from agenda.notes import urls as notes
from agenda.panels import urls as panels
from agenda.panels.views import by_link
from agenda.presence import urls as presence
from agenda.reviews import urls as reviews
from agenda.rooms import urls as rooms
from agenda.schedules import urls as schedules
from agenda.sessions import urls as sessions

app_name = "agenda"
urlpatterns: list[URLPattern | URLResolver] = [
    path("k/<slug:slug>/clinics/", include(clinics)),
    path("k/<slug:slug>/door/", include(door)),
    path("k/<slug:slug>/calendar/", include(feeds)),
    # For calendars, which cannot sign in
    path("calendar/<str:token>/sko.ics", calendar_by_link, name="calendar_by_link"),
    path("k/<slug:slug>/insights/", include(insights)),
    path("k/<slug:slug>/groups/", include(groups)),
    path("k/<slug:slug>/notes/", include(notes)),
    path("k/<slug:slug>/panels/", include(panels)),
    # By a customer's own link, without signing in
    path("panel/<str:token>/", by_link, name="panelist_by_link"),
    path("k/<slug:slug>/here/", include(presence)),
    path("k/<slug:slug>/reviews/", include(reviews)),
    path("k/<slug:slug>/rooms/", include(rooms)),
    path("k/<slug:slug>/programme/", include(schedules)),
    path("k/<slug:slug>/agenda/", include(sessions)),
]
