from django.urls import path

from events.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("new/", views.add, name="add"),
    path("owner/", views.name_owner, name="owner"),
    path("<id:task_id>/", views.edit, name="edit"),
    path("<id:task_id>/toggle/", views.toggle, name="toggle"),
    path("<id:task_id>/delete/", views.delete, name="delete"),
]
