from django.urls import path

from events.questions import views

app_name = "questions"
urlpatterns = [
    path("", views.list_questions, name="list"),
    path("new/", views.create_question, name="create"),
    path("<id:question_id>/", views.edit_question, name="edit"),
    path("<id:question_id>/retire/", views.retire_question, name="retire"),
    path("topics/new/", views.create_topic, name="topic_create"),
    path("topics/<id:topic_id>/", views.edit_topic, name="topic_edit"),
]
