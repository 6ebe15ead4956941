from django.urls import path

from agenda.reviews.views import desk, prep, records, room, themes

app_name = "reviews"
urlpatterns = [
    path("", desk.show_board, name="board"),
    path("open/", desk.open_places, name="open"),
    path("add/", desk.add_place, name="add"),
    path("records/", records.show_list, name="records"),
    path("records/<id:statement_id>/", records.write, name="record"),
    path("records/<id:statement_id>/withdraw/", records.withdraw, name="withdraw"),
    path("deals/<id:deal_id>/ask/", records.ask, name="ask"),
    path("themes/add/", themes.add, name="theme_add"),
    path("themes/<id:theme_id>/", themes.edit, name="theme_edit"),
    path("themes/<id:theme_id>/send/", themes.send, name="theme_send"),
    path("themes/<id:theme_id>/drop/", themes.drop, name="theme_drop"),
    path("sessions/<id:session_id>/", room.show_phone, name="phone"),
    path("<id:review_id>/", desk.show_review, name="detail"),
    path("<id:review_id>/edit/", desk.edit, name="edit"),
    path("<id:review_id>/choose/", desk.choose, name="choose"),
    path("<id:review_id>/free/", desk.free, name="free"),
    path("<id:review_id>/paper/", desk.on_paper, name="paper"),
    path("<id:review_id>/prepare/", prep.show, name="prep"),
    path("<id:review_id>/prepare/<id:step_id>/", prep.tick, name="tick"),
    path("<id:review_id>/prepare/<id:step_id>/drop/", prep.drop, name="step_drop"),
    path("<id:review_id>/room/", room.show_screen, name="room"),
    path("<id:review_id>/room/go/", room.go, name="go"),
    path("<id:review_id>/guess/", room.guess, name="guess"),
]
