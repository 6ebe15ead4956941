from django.urls import path

from events.attendance.views import links, roster

app_name = "attendance"
urlpatterns = [
    path("", roster.show_roster, name="roster"),
    path("export/", roster.export_roster, name="export"),
    path("import/", roster.import_roster, name="import"),
    path("import/<str:token>/", roster.preview_import, name="preview"),
    path("add/", roster.add_attendee, name="add"),
    path("several/", roster.change_several, name="several"),
    path("invite/", roster.invite, name="invite"),
    path("answer/", roster.answer, name="answer"),
    path("asked/<id:request_id>/", links.decide_seat, name="decide_seat"),
    path("<id:attendee_id>/remove/", roster.remove_attendee, name="remove"),
]
