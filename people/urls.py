"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("outbox/", include("people.mail.urls")),
    path("activity/", include("people.activity.urls")),
    path("people/changes/", include("people.changes.urls")),
    path("people/calendar/", include("people.calendar.urls")),
    path("people/org/", include("people.org.urls")),
    path("people/", include("people.accounts.urls")),
]
