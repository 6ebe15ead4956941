from django.urls import path

from events.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("now/", views.remind, name="remind"),
]
