from django.urls import path

from agenda.sessions import views

app_name = "sessions"
urlpatterns = [
    path("", views.show_grid, name="grid"),
    path("sessions/", views.list_sessions, name="list"),
    path("sessions/add/", views.create_session, name="create"),
    path("sessions/people/", views.suggest_people, name="people"),
    path("sessions/<id:session_id>/", views.show_session, name="detail"),
    path("sessions/<id:session_id>/edit/", views.edit_session, name="edit"),
    path("sessions/<id:session_id>/move/", views.move_session, name="move"),
    path("sessions/<id:session_id>/delete/", views.delete_session, name="delete"),
    path("changes/", views.show_changes, name="changes"),
    path("release/", views.release_agenda, name="release"),
    path("conflicts/", views.set_severities, name="severities"),
    path("mine/", views.show_mine, name="mine"),
    path("mine/<id:session_id>/", views.show_released, name="released"),
    path("speaking/", views.show_speaking, name="speaking"),
]
