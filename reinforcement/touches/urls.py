from django.urls import path

from reinforcement.touches import views

app_name = "touches"
urlpatterns = [
    path("", views.list_mine, name="mine"),
    path("follow-ups/", views.list_follow_ups, name="follow_ups"),
    path("<int:touch_id>/", views.show_touch, name="detail"),
    path("<int:touch_id>/complete/", views.complete_touch, name="complete"),
    path("<int:touch_id>/extend/", views.extend_touch, name="extend"),
]
