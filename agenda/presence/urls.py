from django.urls import path

from agenda.presence import views

app_name = "presence"
urlpatterns = [
    path("", views.show_mine, name="mine"),
    path("sessions/", views.show_board, name="board"),
    path("rooms/", views.show_rooms, name="rooms"),
    path("rooms/<id:room_id>/<slug:code>/", views.show_room, name="room"),
    path("sessions/<id:session_id>/screen/", views.show_screen, name="screen"),
]
