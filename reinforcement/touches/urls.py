from django.urls import path

from reinforcement.touches import views

app_name = "touches"
urlpatterns = [
    path("", views.list_mine, name="mine"),
    path("follow-ups/", views.list_follow_ups, name="follow_ups"),
    path("<id:touch_id>/", views.show_touch, name="detail"),
    path("<id:touch_id>/complete/", views.complete_touch, name="complete"),
    path("<id:touch_id>/extend/", views.extend_touch, name="extend"),
]
