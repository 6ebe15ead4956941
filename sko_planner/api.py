"""The JSON API: collects the viewsets of the capabilities under /api/v1/."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from agenda.clinics.api import ClinicViewSet
from agenda.door.api import ScanViewSet
from agenda.groups.api import GroupViewSet
from agenda.insights.api import InsightViewSet
from agenda.panels.api import PanelViewSet
from agenda.reviews.api import ReviewViewSet
from agenda.sessions.api import SessionViewSet
from events.attendance.api import AttendeeViewSet
from events.budget.api import BudgetLineViewSet
from events.commitments.api import CommitmentViewSet
from events.guests.api import GuestViewSet
from events.invitations.api import WaveViewSet
from events.kickoff.api import KickoffViewSet
from events.needs.api import NeedFormViewSet
from events.planning.api import TaskViewSet
from events.prework.api import PreworkBoardViewSet, PreworkViewSet
from events.readiness.api import ReadinessView
from people.accounts.api import PersonViewSet
from people.notices.api import NoticeViewSet
from people.waiting.api import WaitingViewSet
from reinforcement.touches.api import TouchViewSet

app_name = "api"

router = SimpleRouter()
router.register("kickoffs", KickoffViewSet, "kickoffs")
router.register(r"kickoffs/(?P<slug>[-\w]+)/attendance", AttendeeViewSet, "attendance")
router.register(r"kickoffs/(?P<slug>[-\w]+)/waves", WaveViewSet, "waves")
router.register(r"kickoffs/(?P<slug>[-\w]+)/needs", NeedFormViewSet, "needs")
router.register(r"kickoffs/(?P<slug>[-\w]+)/guests", GuestViewSet, "guests")
router.register(r"kickoffs/(?P<slug>[-\w]+)/clinics", ClinicViewSet, "clinics")
router.register(r"kickoffs/(?P<slug>[-\w]+)/groups", GroupViewSet, "groups")
router.register(r"kickoffs/(?P<slug>[-\w]+)/reviews", ReviewViewSet, "reviews")
router.register(r"kickoffs/(?P<slug>[-\w]+)/scans", ScanViewSet, "scans")
router.register(r"kickoffs/(?P<slug>[-\w]+)/insights", InsightViewSet, "insights")
router.register(r"kickoffs/(?P<slug>[-\w]+)/panels", PanelViewSet, "panels")
router.register(r"kickoffs/(?P<slug>[-\w]+)/sessions", SessionViewSet, "sessions")
router.register(r"kickoffs/(?P<slug>[-\w]+)/budget", BudgetLineViewSet, "budget")
router.register(r"kickoffs/(?P<slug>[-\w]+)/tasks", TaskViewSet, "tasks")
router.register(r"kickoffs/(?P<slug>[-\w]+)/prework", PreworkBoardViewSet, "prework_board")
router.register("people", PersonViewSet, "people")
router.register("commitments", CommitmentViewSet, "commitments")
router.register("prework", PreworkViewSet, "prework")
router.register("touches", TouchViewSet, "touches")
router.register("notices", NoticeViewSet, "notices")
router.register("waiting", WaitingViewSet, "waiting")

# Swagger's page styles itself inline; no other page may
_INLINE_STYLES = {"style-src": [SELF, UNSAFE_INLINE], "style-src-attr": [UNSAFE_INLINE]}
docs = csp_replace(_INLINE_STYLES)(SpectacularSwaggerSplitView.as_view(url_name="api:schema"))

urlpatterns = [
    path("kickoffs/<slug:slug>/readiness/", ReadinessView.as_view(), name="readiness"),
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]
