from django.urls import path

from events.commitments.views import mine, review, team

app_name = "commitments"
urlpatterns = [
    path("mine/", mine.show_mine, name="mine"),
    path("mine/add/", mine.add, name="add"),
    path("mine/<id:commitment_id>/", mine.change, name="change"),
    path("mine/times/<id:occurrence_id>/done/", mine.done, name="done"),
    path("review/", review.show_review, name="review"),
    path("team/", team.show_team, name="team"),
    path("team/<id:person_id>/", team.show_report, name="report"),
    path("team/<id:person_id>/agree/", team.agree, name="agree"),
    path("", team.show_board, name="board"),
]
