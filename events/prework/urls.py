from django.urls import path

from events.prework.views import desk, mine

app_name = "prework"
urlpatterns = [
    path("", desk.board, name="board"),
    path("new/", desk.create, name="create"),
    path("reach/", desk.reach, name="reach"),
    path("<id:assignment_id>/", desk.missing, name="missing"),
    path("<id:assignment_id>/edit/", desk.edit, name="edit"),
    path("<id:assignment_id>/assign/", desk.assign, name="assign"),
    path("<id:assignment_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<id:assignment_id>/remind/", desk.remind, name="remind"),
    path("items/<id:item_id>/", desk.submission, name="submission"),
    path("items/<id:item_id>/reopen/", desk.reopen, name="reopen"),
    path("items/<id:item_id>/comment/", desk.comment, name="comment"),
    path("items/<id:item_id>/reviewed/", desk.review, name="review"),
    path("mine/", mine.show_list, name="mine"),
    path("mine/<id:item_id>/", mine.item, name="item"),
    path("mine/<id:item_id>/done/", mine.mark_done, name="done"),
    path("mine/<id:item_id>/undo/", mine.take_back, name="undo"),
    path("team/", mine.team, name="team"),
]
