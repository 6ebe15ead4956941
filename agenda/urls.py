"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver

app_name = "agenda"
urlpatterns: list[URLPattern | URLResolver] = []
