from django.urls import path

from events.readiness import views

app_name = "readiness"
urlpatterns = [
    path("", views.show, name="page"),
    path("<str:key>/threshold/", views.set_threshold, name="threshold"),
    path("<str:key>/waive/", views.waive, name="waive"),
    path("<str:key>/ask/", views.end_waiver, name="end"),
]
