"""Collects the URLs of the capabilities."""

from django.urls import URLPattern, URLResolver, include, path

from people.accounts import urls as accounts
from people.activity import urls as activity
from people.bell import urls as bell
from people.calendar import urls as calendar
from people.changes import urls as changes
from people.mail import urls as mail
from people.org import urls as org

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("waiting/", include(bell)),
    path("outbox/", include(mail)),
    path("activity/", include(activity)),
    path("people/changes/", include(changes)),
    path("people/calendar/", include(calendar)),
    path("people/org/", include(org)),
    path("people/", include(accounts)),
]
