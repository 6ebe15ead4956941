from django.urls import path

from events.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.board, name="list"),
    path("open/", views.open_forms, name="open"),
    path("mine/", views.mine, name="mine"),
    path("travel/import/", views.travel_import, name="travel_import"),
    path("travel/import/<str:token>/", views.travel_preview, name="travel_preview"),
    path("room/import/", views.room_import, name="room_import"),
    path("room/import/<str:token>/", views.room_preview, name="room_preview"),
    path("<slug:kind>/", views.answers, name="answers"),
    path("<slug:kind>/say/", views.answer, name="answer"),
    path("<slug:kind>/export/", views.export, name="export"),
    path("<slug:kind>/settings/", views.settings, name="settings"),
    path("<slug:kind>/settings/remove/", views.remove_manager, name="remove_manager"),
]
