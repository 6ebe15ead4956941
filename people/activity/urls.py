from django.urls import path

from people.activity import views

app_name = "activity"
urlpatterns = [
    path("", views.list_mine, name="mine"),
    path("data/", views.export_mine, name="export"),
]
