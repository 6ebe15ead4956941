from django.urls import path

from reinforcement.coaching import views

app_name = "coaching"
urlpatterns = [
    path("team/", views.show_team, name="team"),
    path("team/<id:person_id>/", views.one_to_one, name="one_to_one"),
    path("team/<id:person_id>/draft/", views.keep_draft, name="draft"),
    path("team/<id:person_id>/nudge/", views.nudge, name="nudge"),
    path("notes/<id:note_id>/step/", views.tick, name="tick"),
    path("notes/", views.list_notes, name="notes"),
    path("mine/", views.list_mine, name="mine"),
]
