from django.urls import path

from people.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.closing_days, name="closing_days"),
    path("<id:closing_day_id>/remove/", views.remove_closing_day, name="remove_closing_day"),
    path("leave/<id:person_id>/", views.leave, name="leave"),
    path("leave/<id:person_id>/<id:leave_id>/remove/", views.remove_leave, name="remove_leave"),
]
