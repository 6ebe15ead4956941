from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from people.accounts.urls import sign_in_patterns
from sko_planner import health
from sko_planner.home.views import home, kickoff_home, my_kickoff
from sko_planner.search import search
from sko_planner.theme import choose_theme

handler500 = "core.full_disk.server_error"
urlpatterns = [
    path("", home, name="home"),
    path("k/<slug:slug>/", kickoff_home, name="kickoff_home"),
    path("k/<slug:slug>/me/", my_kickoff, name="my_kickoff"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("search/", search, name="search"),
    path("theme/", choose_theme, name="theme"),
    path("admin/", admin.site.urls),
    path("accounts/", include(sign_in_patterns)),
    path("api/v1/", include("sko_planner.api")),
    path("", include("people.urls")),
    path("", include("events.urls")),
    path("", include("agenda.urls")),
    path("", include("reinforcement.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", include("core.ui.styleguide")))
