from django.urls import path

from reinforcement.learning import views

app_name = "learning"
urlpatterns = [
    path("<id:touch_id>/start/", views.start_quiz, name="start"),
    path("quiz/<id:attempt_id>/", views.go_on, name="quiz"),
    path("quiz/<id:attempt_id>/result/", views.show_result, name="result"),
    path("quiz/<id:attempt_id>/<int:position>/", views.answer_question, name="question"),
]
