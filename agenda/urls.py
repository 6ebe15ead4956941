"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "agenda"
urlpatterns: list[URLPattern | URLResolver] = [
    path("k/<slug:slug>/rooms/", include("agenda.rooms.urls")),
    path("k/<slug:slug>/agenda/", include("agenda.sessions.urls")),
]
