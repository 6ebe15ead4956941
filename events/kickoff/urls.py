from django.urls import path

from events.kickoff import views

app_name = "kickoff"
urlpatterns = [
    path("kickoffs/", views.show_list, name="list"),
    path("kickoffs/new/", views.create, name="create"),
    path("k/<slug:slug>/edit/", views.edit, name="edit"),
    path("k/<slug:slug>/copy/", views.copy, name="copy"),
    path("k/<slug:slug>/open/", views.open, name="open"),
    path("k/<slug:slug>/end/", views.end, name="end"),
    path("k/<slug:slug>/archive/", views.archive, name="archive"),
]
