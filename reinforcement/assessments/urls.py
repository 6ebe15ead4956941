from django.urls import path

from reinforcement.assessments import views

app_name = "assessments"
urlpatterns = [
    path("", views.show_results, name="results"),
    path("certifications/", views.list_certifications, name="certifications"),
    path("certifications/<id:touch_id>/", views.score_behaviours, name="score"),
]
