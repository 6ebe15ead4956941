from django.urls import path

from reinforcement.learning import views

app_name = "learning"
urlpatterns = [
    path("<int:touch_id>/start/", views.start_quiz, name="start"),
    path("quiz/<int:attempt_id>/", views.go_on, name="quiz"),
    path("quiz/<int:attempt_id>/result/", views.show_result, name="result"),
    path("quiz/<int:attempt_id>/<int:position>/", views.answer_question, name="question"),
]
