from django.urls import path

from agenda.insights import views

app_name = "insights"
urlpatterns = [
    path("", views.show_board, name="board"),
    path("export/", views.export, name="export"),
    path("remind/", views.remind, name="remind"),
    path("mine/", views.show_mine, name="mine"),
    path("changes/", views.show_changes, name="changes"),
    path("send/<id:session_id>/", views.send, name="send"),
    path("<id:insight_id>/", views.show_one, name="page"),
    path("<id:insight_id>/told/", views.show_answer, name="answer"),
    path("<id:insight_id>/give/", views.give, name="give"),
    path("<id:insight_id>/answer/", views.answer, name="reply"),
    path("<id:insight_id>/decline/", views.decline, name="decline"),
    path("<id:insight_id>/act/", views.act, name="act"),
    path("<id:insight_id>/remark/", views.remark, name="remark"),
    path("<id:insight_id>/merge/<id:into_id>/", views.merge, name="merge"),
    path("<id:insight_id>/part/", views.part, name="part"),
]
