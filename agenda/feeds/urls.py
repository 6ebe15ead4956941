from django.urls import path

from agenda.feeds import views

app_name = "feeds"
urlpatterns = [
    path("", views.show_address, name="address"),
    path("<id:session_id>/", views.download_entry, name="entry"),
]
