"""The JSON API: collects the viewsets of the capabilities under /api/v1/."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from agenda.sessions.api import SessionViewSet
from events.attendance.api import AttendeeViewSet
from events.kickoff.api import KickoffViewSet
from people.accounts.api import PersonViewSet
from reinforcement.touches.api import TouchViewSet

app_name = "api"

router = SimpleRouter()
router.register("kickoffs", KickoffViewSet, "kickoffs")
router.register(r"kickoffs/(?P<slug>[-\w]+)/attendance", AttendeeViewSet, "attendance")
router.register(r"kickoffs/(?P<slug>[-\w]+)/sessions", SessionViewSet, "sessions")
router.register("people", PersonViewSet, "people")
router.register("touches", TouchViewSet, "touches")

urlpatterns = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
]
