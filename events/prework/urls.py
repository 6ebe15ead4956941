from django.urls import path

from events.prework.views import desk, mine, reading

app_name = "prework"
urlpatterns = [
    path("", desk.board, name="board"),
    path("new/", desk.create, name="create"),
    path("plan/", desk.plan, name="plan"),
    path("people/", desk.people, name="people"),
    path("export/", desk.export, name="export"),
    path("reach/", desk.reach, name="reach"),
    path("<id:assignment_id>/", desk.missing, name="missing"),
    path("<id:assignment_id>/edit/", desk.edit, name="edit"),
    path("<id:assignment_id>/assign/", desk.assign, name="assign"),
    path("<id:assignment_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<id:assignment_id>/remind/", desk.remind, name="remind"),
    path("<id:assignment_id>/files/", desk.files, name="files"),
    path("files/<id:file_id>/", mine.file, name="file"),
    path("files/<id:file_id>/remove/", desk.remove_file, name="remove_file"),
    path("items/<id:item_id>/file/", mine.handed, name="handed"),
    path("items/<id:item_id>/", reading.submission, name="submission"),
    path("items/<id:item_id>/reopen/", reading.reopen, name="reopen"),
    path("items/<id:item_id>/comment/", reading.comment, name="comment"),
    path("items/<id:item_id>/reviewed/", reading.review, name="review"),
    path("mine/", mine.show_list, name="mine"),
    path("mine/<id:item_id>/", mine.item, name="item"),
    path("mine/<id:item_id>/done/", mine.mark_done, name="done"),
    path("mine/<id:item_id>/undo/", mine.take_back, name="undo"),
    path("mine/<id:item_id>/draft/", mine.draft, name="draft"),
    path("mine/<id:item_id>/watched/", mine.watched, name="watched"),
    path("mine/<id:item_id>/quiz/", mine.quiz, name="quiz"),
    path("mine/<id:item_id>/accept/", mine.accept, name="accept"),
    path("team/", mine.team, name="team"),
]
