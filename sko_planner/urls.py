from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from agenda import urls as agenda_urls
from core.answers import bad_request
from core.full_disk import server_error
from core.ui import styleguide
from events import urls as events_urls
from people import urls as people_urls
from people.accounts.urls import sign_in_patterns
from reinforcement import urls as reinforcement_urls
from sko_planner import api, health, offline
from sko_planner.home.views import home, kickoff_home, my_kickoff
from sko_planner.search import search, search_now
from sko_planner.theme import choose_theme

handler400 = bad_request
handler500 = server_error
urlpatterns = [
    path("", home, name="home"),
    path("k/<slug:slug>/", kickoff_home, name="kickoff_home"),
    path("k/<slug:slug>/me/", my_kickoff, name="my_kickoff"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("search/", search, name="search"),
    path("search/now/", search_now, name="search_now"),
    path("offline.js", offline.worker, name="offline_worker"),
    path("theme/", choose_theme, name="theme"),
    path("admin/", admin.site.urls),
    path("accounts/", include(sign_in_patterns)),
    path("api/v1/", include(api)),
    path("", include(people_urls)),
    path("", include(events_urls)),
    path("", include(agenda_urls)),
    path("", include(reinforcement_urls)),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", include(styleguide)))
