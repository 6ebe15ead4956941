"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "reinforcement"
urlpatterns: list[URLPattern | URLResolver] = [
    path("k/<slug:slug>/campaign/", include("reinforcement.campaigns.urls")),
    path("k/<slug:slug>/touches/", include("reinforcement.touches.urls")),
    path("k/<slug:slug>/practice/", include("reinforcement.learning.urls")),
    path("k/<slug:slug>/results/", include("reinforcement.assessments.urls")),
    path("k/<slug:slug>/coaching/", include("reinforcement.coaching.urls")),
]
