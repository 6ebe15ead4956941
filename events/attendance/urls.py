from django.urls import path

from events.attendance.views import importing, links, person, roster, seats

app_name = "attendance"
urlpatterns = [
    path("", roster.show_roster, name="roster"),
    path("export/", roster.export_roster, name="export"),
    path("import/", importing.import_roster, name="import"),
    path("import/<str:token>/", importing.preview_import, name="preview"),
    path("add/", roster.add_attendee, name="add"),
    path("several/", roster.change_several, name="several"),
    path("invite/", roster.invite, name="invite"),
    path("answer/", roster.answer, name="answer"),
    path("answer/instead/", seats.name_substitute, name="substitute"),
    path("waiting/", seats.show_waiting, name="waiting"),
    path("waiting/places/", seats.edit_places, name="places"),
    path("waiting/<id:attendee_id>/", seats.decide, name="seat"),
    path("asked/<id:request_id>/", links.decide_seat, name="decide_seat"),
    path("<id:attendee_id>/", person.show_attendee, name="person"),
    path("<id:attendee_id>/remove/", roster.remove_attendee, name="remove"),
]
