from django.urls import path

from agenda.insights import views

app_name = "insights"
urlpatterns = [
    path("send/<id:session_id>/", views.send, name="send"),
    path("<id:insight_id>/", views.show_one, name="page"),
]
