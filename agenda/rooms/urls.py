from django.urls import path

from agenda.rooms import views

app_name = "rooms"
urlpatterns = [
    path("", views.list_rooms, name="list"),
    path("add/", views.add_room, name="add"),
    path("<id:room_id>/", views.edit_room, name="edit"),
    path("<id:room_id>/delete/", views.delete_room, name="delete"),
]
