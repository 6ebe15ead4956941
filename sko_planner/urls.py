from django.contrib import admin
from django.urls import include, path

from sko_planner import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("sko_planner.api")),
    path("", include("people.urls")),
    path("", include("events.urls")),
    path("", include("agenda.urls")),
    path("", include("reinforcement.urls")),
]
