from django.urls import path

from people.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.closing_days, name="closing_days"),
    path("<int:closing_day_id>/remove/", views.remove_closing_day, name="remove_closing_day"),
    path("leave/<int:person_id>/", views.leave, name="leave"),
    path("leave/<int:person_id>/<int:leave_id>/remove/", views.remove_leave, name="remove_leave"),
]
