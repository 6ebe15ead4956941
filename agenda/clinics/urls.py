from django.urls import path

from agenda.clinics.views import room, sheets

app_name = "clinics"
urlpatterns = [
    path("", room.mine, name="mine"),
    path("board/", room.board, name="board"),
    path("timing/", room.timing, name="timing"),
    path("sheets/", sheets.list_sheets, name="sheets"),
    path("sheets/<id:turn_id>/", sheets.show_sheet, name="sheet"),
    path("sheets/<id:turn_id>/pdf/", sheets.sheet_on_paper, name="sheet_pdf"),
    path("<id:group_id>/", room.lead, name="room"),
    path("<id:group_id>/take/", room.take, name="take"),
    path("<id:group_id>/now/", room.now, name="now"),
    path("<id:group_id>/score/", room.score, name="score"),
]
