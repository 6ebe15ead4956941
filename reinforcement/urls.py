"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

from reinforcement.assessments import urls as assessments
from reinforcement.campaigns import urls as campaigns
from reinforcement.coaching import urls as coaching
from reinforcement.learning import urls as learning
from reinforcement.touches import urls as touches

app_name = "reinforcement"
urlpatterns: list[URLPattern | URLResolver] = [
    path("k/<slug:slug>/campaign/", include(campaigns)),
    path("k/<slug:slug>/touches/", include(touches)),
    path("k/<slug:slug>/practice/", include(learning)),
    path("k/<slug:slug>/results/", include(assessments)),
    path("k/<slug:slug>/coaching/", include(coaching)),
]
