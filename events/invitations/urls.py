from django.urls import path

from events.invitations import views

app_name = "invitations"
urlpatterns = [
    path("", views.list_waves, name="list"),
    path("add/", views.add, name="add"),
    path("choose/", views.choose, name="choose"),
    path("<id:wave_id>/", views.edit, name="wave"),
    path("<id:wave_id>/mail/", views.preview, name="preview"),
    path("<id:wave_id>/send/", views.send, name="send"),
    path("<id:wave_id>/remind/", views.remind, name="remind"),
    path("<id:wave_id>/remove/", views.remove, name="remove"),
]
