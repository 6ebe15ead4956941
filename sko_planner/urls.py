from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("sko_planner.api")),
    path("", include("people.urls")),
    path("", include("events.urls")),
    path("", include("agenda.urls")),
    path("", include("reinforcement.urls")),
]
