from django.urls import path

from agenda.door import views

app_name = "door"
urlpatterns = [
    path("", views.show_door, name="page"),
    path("counts/", views.show_counts, name="counts"),
    path("roster/", views.list_known, name="roster"),
    path("badges/<id:attendee_id>/correct/", views.correct_badge, name="correct"),
    path("badges/", views.print_badges, name="badges"),
    path("badges/files/<id:run_id>/", views.show_badge_run, name="badge_run"),
    path("badges/files/<id:run_id>/file/", views.send_badges, name="badge_file"),
    path("desk/", views.show_desk, name="desk"),
    path("desk/<id:keeper_id>/dismiss/", views.dismiss_keeper, name="dismiss"),
]
