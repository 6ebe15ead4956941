from django.urls import path

from agenda.notes import views

app_name = "notes"
urlpatterns = [
    path("", views.show_mine, name="mine"),
    path("export/", views.export, name="export"),
    path("<id:note_id>/promise/", views.promise, name="promise"),
    path("<id:note_id>/delete/", views.delete, name="delete"),
]
