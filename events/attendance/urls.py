from django.urls import path

from events.attendance import views

app_name = "attendance"
urlpatterns = [
    path("", views.show_roster, name="roster"),
    path("export/", views.export_roster, name="export"),
    path("import/", views.import_roster, name="import"),
    path("import/<str:token>/", views.preview_import, name="preview"),
    path("add/", views.add_attendee, name="add"),
    path("several/", views.change_several, name="several"),
    path("invite/", views.invite, name="invite"),
    path("answer/", views.answer, name="answer"),
    path("<id:attendee_id>/remove/", views.remove_attendee, name="remove"),
]
