from django.urls import path

from people.org import views

app_name = "org"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("regions/add/", views.add_region, name="add_region"),
    path("regions/<id:region_id>/", views.edit_region, name="edit_region"),
    path("regions/<id:region_id>/remove/", views.remove_region, name="remove_region"),
    path("teams/add/", views.add_team, name="add_team"),
    path("teams/<id:team_id>/", views.edit_team, name="edit_team"),
    path("teams/<id:team_id>/remove/", views.remove_team, name="remove_team"),
]
